import {spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'
import {addPeers, addSdkCopy} from './helpers/team-plugin.ts'

const guide = readFileSync(join(import.meta.dirname, '../docs/plugin-guide.md'), 'utf8')

describe('docs/plugin-guide.md', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  it('leads to a plugin whose test passes and whose command runs, word for word', async () => {
    const plugin = join(folder.path, 'team-plugin')
    const [manifest = ''] = codeBlocks('json')
    const [metrics = '', hook = '', command = '', test = ''] = codeBlocks('js')
    const files = {
      'package.json': manifest,
      'metrics.js': metrics,
      'hooks/contribute.js': hook,
      'commands/team/greet.js': command,
      'greet.test.js': test,
    }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(plugin, name)), {recursive: true})
      writeFileSync(join(plugin, name), content)
    }
    addSdkCopy(plugin)
    addPeers(plugin)

    const tested = spawnSync(process.execPath, ['--test'], {
      cwd: plugin,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? ''},
    })
    expect(tested.status, tested.stdout).to.equal(0)
    const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path})
    expect((await ep23('plugins', 'link', plugin, '--no-install')).code).to.equal(0)
    expect((await ep23('dataset:seed', '-q')).code).to.equal(0)
    expect((await ep23('team:greet')).stdout).to.include('Привет, @habr!')
  })
})

function codeBlocks(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gmu'))].map(([, code = '']) => code)
}
