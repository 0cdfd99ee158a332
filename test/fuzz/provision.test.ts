import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {fileFindings} from '#src/repository/file-rules.js'
import {linkFindings} from '#src/repository/links.js'

import {readSourceFiles} from '../../plugins/observability/dist/adapters/source-files.js'
import {checkProvision} from '../../plugins/observability/dist/usecases/provision/check-provision.js'
import {damaged, fuzz} from './fuzz-target.ts'

const root = join(import.meta.dirname, '../..')
const sources = await readSourceFiles(root)

/** One of each kind that the rules tell apart. */
const KINDS = [
  /dashboards\/(?!ru\/)[^/]+\.json$/u,
  /datasources\/.*\.ya?ml$/u,
  /loki/u,
  /alertmanager/u,
  /\/rules\/[^/]+\.ya?ml$/u,
  /tests/u,
]
const files = KINDS.map(kind => sources.find(({path}) => kind.test(path) && !path.endsWith('.md')))
const checked = files.filter(file => file !== undefined)

const checkOf = (path: string, text: string): Promise<unknown> =>
  checkProvision({
    readSources: async () => [{path, text}],
    metrics: {declarations: async () => [], exposition: async () => ''},
    promtool: undefined,
    amtool: undefined,
  })

describe('what is provisioned, and files of a repository, damaged', () => {
  it('is one of each kind', () => expect(checked).to.have.length(KINDS.length))

  for (const {path, text} of checked) fuzz(path, damaged(text), bytes => checkOf(path, bytes.toString()))

  const shapes = fc.tuple(
    fc.constantFrom(...checked),
    fc.nat(),
    fc.constantFrom('null', '1', '"x"', '[]', '{}', '[[]]', '{"a": null}'),
  )
  fuzz('anything where something else was meant', shapes, ([{path, text}, at, value]) =>
    checkOf(path, replaceValue(text, at, value)),
  )

  it('finds YAML that holds itself, or is deep', async () => {
    for (const text of ['groups: &a\n  - *a\n', `groups: ${'['.repeat(3000)}`, `${'? '.repeat(200)}x\n`]) {
      const {findings} = (await checkOf('prometheus/rules/x.yaml', text)) as {findings: {rule: string; file: string}[]}
      expect(findings.map(({rule, file}) => `${rule} ${file}`)).to.deep.equal(['syntax prometheus/rules/x.yaml'])
      expect(fileFindings({file: 'x.yaml', size: 1, text}).length, text.slice(0, 30)).to.be.at.most(1)
    }
  })

  const repository = ['package.json', 'README.md', 'ep23.config.yaml', '.github/workflows/ci.yml']
  for (const file of repository)
    fuzz(`${file} in a repository`, damaged(readFileSync(join(root, file))), async bytes => {
      const text = bytes.toString()
      const pages = new Map([[file, text]])
      return [
        ...fileFindings({file, size: bytes.length, text}),
        ...linkFindings(file, text, {known: new Set(repository), pages}),
      ]
    })
})

const VALUE = /(?<=: )(?:"[^"\n]*"|[\w.-]+)(?=,?\n)/gu

/** The text with one of its scalar values replaced. */
function replaceValue(text: string, at: number, value: string): string {
  const places = [...text.matchAll(VALUE)]
  const place = places[at % places.length]
  return place ? text.slice(0, place.index) + value + text.slice(place.index + place[0].length) : text
}
