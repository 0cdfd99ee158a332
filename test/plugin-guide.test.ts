import {spawnSync} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from './helpers/json-data.ts'
import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'
import {addPeers} from './helpers/team-plugin.ts'

const root = join(import.meta.dirname, '..')
const guide = readFileSync(join(root, 'docs/plugin-guide.md'), 'utf8')
const template = (file: string) => readFileSync(join(root, 'templates/plugin', file), 'utf8')

describe('a plugin of the team’s own', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())
  const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path, env: {EP23_LANG: 'en'}})

  it('is in docs/plugin-guide.md word for word as plugins:create writes it', () => {
    const [metrics, hook, command, test, , judge] = codeBlocks('js')
    expect(codeBlocks('json').map(text => JSON.parse(text))).to.deep.equal([JSON.parse(template('package.json'))])
    expect(metrics).to.equal(template('metrics.js'))
    expect(hook).to.equal(
      template('hooks/contribute.js').replaceAll(/^.*(?:lengthsExporter|brevityJudge|scenarios:).*\n/gmu, ''),
    )
    expect(command).to.equal(template('commands/team/greet.js'))
    expect(test).to.equal(template('test/greet.test.js'))
    expect(judge).to.equal(template('judge.js'))
  })

  for (const [name, topic, parts] of [
    ['team-plugin', 'team', []],
    ['ep23-night-shift', 'night-shift', ['--exporter', '--scenario']],
  ] as const)
    it(`is created, tested, packed, linked and run at once: ${name} ${parts.join(' ')}`, async () => {
      const created = await ep23('plugins:create', name, ...parts, '--json')
      expect(created.code, created.stdout).to.equal(0)
      expect(problemsOfOutput(created.stdout)).to.deep.equal([])
      const plugin = join(folder.path, name)
      if (parts.length === 0)
        expect(readFileSync(join(plugin, 'hooks/contribute.js'), 'utf8')).to.equal(codeBlocks('js')[1])
      addPeers(plugin)
      const npm = (...args: string[]) =>
        spawnSync('npm', args, {cwd: plugin, encoding: 'utf8', env: {PATH: process.env['PATH'] ?? ''}})
      const tested = npm('test')
      expect(tested.status, tested.stdout).to.equal(0)
      expect(tested.stdout).to.match(parts.length > 0 ? /pass 3/u : /pass 1/u)
      expect(npm('pack', '--dry-run', '--json').stdout).to.include('node_modules/@ep23/sdk/package.json')

      expect((await ep23('plugins', 'link', plugin, '--no-install')).code).to.equal(0)
      expect((await ep23('dataset:seed', '-q')).code).to.equal(0)
      expect((await ep23(`${topic}:greet`)).stdout).to.include('Привет, @habr!')
      if (parts.length === 0) return
      const exported = await ep23('exporters:run', 'night_shift_lengths', '-q')
      expect(exported.code, exported.stderr).to.equal(0)
      const verified = await ep23('exporters:verify', '-q')
      expect(verified.code, verified.stdout + verified.stderr).to.equal(0)
      const scenario = ['--scenario', 'night_shift_brevity_ru', '--judge', 'night_shift_brevity']
      const judged = await ep23('benchmark:run', ...scenario, '-q', '--json')
      expect(Object.keys(JSON.parse(judged.stdout).data.assessment.by_origin.synthetic.scores)).to.deep.equal([
        'brevity',
      ])
    })

  it('is not written over another folder, nor under a name that npm refuses', async () => {
    mkdirSync(join(folder.path, 'team-plugin'))
    expect((await ep23('plugins:create', 'team-plugin')).code).to.equal(77)
    for (const name of ['../evil', 'Team', 'a b']) expect((await ep23('plugins:create', name)).code, name).to.equal(64)
    expect(readdirSync(folder.path).filter(name => !name.startsWith('.'))).to.deep.equal(['team-plugin'])
  })
})

function codeBlocks(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gmu'))].map(([, code = '']) => code)
}
