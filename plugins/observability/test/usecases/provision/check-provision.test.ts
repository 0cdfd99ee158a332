import {englishOf} from '@ep23/sdk'
import {expect} from 'chai'

import type {Finding} from '#src/domain/provision.js'
import {checkProvision} from '#src/usecases/provision/check-provision.js'
import {faults, type Fault} from './faults.ts'
import {declarations, soundFiles, spec} from './sound-set.ts'

async function findingsOf(files: Readonly<Record<string, string>>, declared = declarations): Promise<Finding[]> {
  const {findings} = await checkProvision({
    readSources: async () => Object.entries(files).map(([path, text]) => ({path, text})),
    metrics: {declarations: async () => declared, exposition: async () => ''},
    promtool: undefined,
    amtool: undefined,
  })
  return findings
}

const withFault = ({files, declared}: Fault): Promise<Finding[]> =>
  findingsOf(
    files ?? soundFiles,
    declared ? [...declarations, spec({name: 'demo_other_things', ...declared})] : declarations,
  )

describe('observability:provision:check', () => {
  it('finds nothing where there is nothing', async () => {
    expect(await findingsOf(soundFiles)).to.deep.equal([])
  })

  it('has faults to find for each of the eleven rules', () => {
    expect(Object.keys(faults).map(Number)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  for (const [number, list] of Object.entries(faults))
    for (const fault of list)
      it(`finds ${fault.title} (rule ${number})`, async () => {
        expect(fault.files, 'the fixture has the fault').to.not.deep.equal(soundFiles)
        const found = await withFault(fault)
        const one = found.find(
          ({rule, place, problem}) =>
            rule === fault.rule && `${englishOf(place)}: ${problem.english}`.includes(fault.words),
        )
        expect(one, JSON.stringify(found)).to.not.equal(undefined)
        expect(one?.fix.english).to.not.equal('')
        expect(await one?.fix.in('ru')).to.match(/[а-яё]/u)
      })

  it('lets metrics be that are internal or a team’s own, and names in documents that are nobody’s metrics', async () => {
    const extra = spec({name: 'demo_extra_things'})
    const internal = {...extra, spec: {...extra.spec, internal: true}}
    expect(await findingsOf(soundFiles, [...declarations, internal])).to.deep.equal([])
    expect(await findingsOf(soundFiles, [...declarations, {...extra, owner: '@team/plugin'}])).to.deep.equal([])
    const path = 'docs/runbooks/demo.md'
    const text = `${soundFiles[path]}\nNot \`node_cpu_seconds_total\`, the file \`demo_seed_run\` or \`demo_run_seconds_bucket\`.\n=======\n`
    expect(await findingsOf({...soundFiles, [path]: text})).to.deep.equal([])
  })

  it('lets a page speak of metrics that it calls somebody else’s', async () => {
    const path = 'docs/runbooks/demo.md'
    const text = `${soundFiles[path]}\nButler has \`demo_calls_total\` and \`demo_waits_total\`.\n`
    const problems = (await findingsOf({...soundFiles, [path]: text})).map(({problem}) => problem.english)
    expect(problems).to.have.length(2)
    const named = `<!-- other metrics: demo_calls_total,\n demo_waits_total -->\n${text}`
    expect(await findingsOf({...soundFiles, [path]: named})).to.deep.equal([])
  })
})
