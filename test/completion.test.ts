import {spawnSync} from 'node:child_process'
import {join} from 'node:path'

import {expect} from 'chai'

import {leaveOut} from './helpers/live-test.ts'
import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

const root = join(import.meta.dirname, '..')

describe('completion in the shell', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let setup: string
  before(async () => {
    folder = temporaryFolder()
    setup = join(folder.path, '.cache/autocomplete')
    const {code, stderr} = await runEp23(['autocomplete:create'], {cwd: folder.path})
    expect(code, stderr).to.equal(0)
  })
  after(() => folder.remove())

  it('knows commands and flags in bash', function () {
    const typed = (words: string): string =>
      `COMP_WORDS=(${words}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _ep23_autocomplete; echo "\${COMPREPLY[@]}"`
    const said = inShell(this, 'bash', [
      `source ${setup}/functions/bash/ep23.bash`,
      typed('ep23 dataset se'),
      typed('ep23 dataset seed --ga'),
    ])
    expect(said).to.deep.equal(['seed', '--gaps'])
  })

  it('is found by zsh', function () {
    const said = inShell(this, 'zsh', [
      `source ${setup}/zsh_setup`,
      'echo $_comps[ep23]',
      'autoload +X _ep23',
      'echo ok',
    ])
    expect(said).to.deep.equal(['_ep23', 'ok'])
  })

  it('knows commands, flags and their values in fish', function () {
    const said = inShell(this, 'fish', [
      `source ${join(root, 'completions/ep23.fish')}`,
      "complete -C'ep23 dataset:se'",
      "complete -C'ep23 dataset:seed --ga'",
      "complete -C'ep23 dataset:seed --gaps '",
    ])
    expect(said.map(line => line.split('\t')[0])).to.deep.equal(['dataset:seed', '--gaps', 'fail', 'synthetic'])
  })

  function inShell(hook: Mocha.Context, shell: string, commands: readonly string[]): string[] {
    const {error, status, stdout, stderr} = spawnSync(shell, ['-c', commands.join('\n')], {
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', HOME: folder.path},
    })
    if (error) return leaveOut(hook, `completion in ${shell}`, `apt-get install ${shell}`)
    expect(status, stderr).to.equal(0)
    return stdout.trim().split('\n')
  }
})
