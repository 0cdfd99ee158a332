import {mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {writeFileAtomically} from '#src/atomic-file.js'

describe('what killed runs left in a folder', () => {
  it('goes when it is older than a day, with the next file written there; what is younger, or others made, stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-atomic-'))
    const leave = (name: string, hoursAgo: number): void => {
      writeFileSync(join(folder, name), 'half')
      utimesSync(join(folder, name), Date.now() / 1000 - hoursAgo * 3600, Date.now() / 1000 - hoursAgo * 3600)
    }
    leave('.run.json.0123456789ab.tmp', 25)
    leave('.run.json.0123456789ac.tmp', 23)
    leave('.other.json.0123456789ab.tmp', 25)
    leave('.run.json.mine.tmp', 25)
    await writeFileAtomically(join(folder, 'run.json'), '{}')
    const left = readdirSync(folder)
    rmSync(folder, {recursive: true})
    expect(left.toSorted()).to.deep.equal(['.run.json.0123456789ac.tmp', '.run.json.mine.tmp', 'run.json'])
  })
})
