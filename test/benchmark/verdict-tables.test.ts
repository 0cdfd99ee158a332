import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'

describe('the tables of docs/benchmark-verdicts.md', () => {
  it('are those that the data of the benches give', () => {
    const script = fileURLToPath(new URL('../../bench/verdict-tables.ts', import.meta.url))
    const {status, stderr} = spawnSync(process.execPath, [script, '--check'], {encoding: 'utf8'})
    expect(status, stderr).to.equal(0)
  })
})
