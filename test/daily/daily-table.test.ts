import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'

describe('the table of docs/daily.md', () => {
  it('is what the data of the bench give, and keeps the rates that are promised', () => {
    const script = fileURLToPath(new URL('../../bench/daily-table.ts', import.meta.url))
    const {status, stderr} = spawnSync(process.execPath, [script, '--check'], {encoding: 'utf8'})
    expect(status, stderr).to.equal(0)
  })
})
