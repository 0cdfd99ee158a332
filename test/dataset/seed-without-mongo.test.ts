import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {freePort} from '../helpers/free-port.ts'
import {ownMongo} from '../helpers/mongo-server.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

describe('dataset:seed whose MongoDB goes away in mid-run', function () {
  this.timeout(120_000)

  it('exits 69 in time with a clear error, and the next run completes', async function () {
    const folder = temporaryFolder()
    const dataDir = mkdtempSync(join(tmpdir(), 'ep23-mongo-'))
    const port = await freePort()
    const mongo = await ownMongo(this, {port, dataDir})
    const args = [
      'dataset:seed',
      '--until',
      '2024-12-03',
      '--days',
      '6',
      '--minimum',
      '6',
      '--store',
      mongo.url('seed'),
      ...fromFlags(FIVE),
    ]
    let taken: Promise<void> | undefined
    const onStderr = (stderr: string): void => {
      if (stderr.includes('Build daily digests: done')) taken ??= mongo.kill()
    }
    const broken = await runEp23(args, {cwd: folder.path, onStderr})
    await taken
    expect(broken.code, broken.stderr).to.equal(69)
    expect(broken.stderr.replaceAll(/\s+/gu, ' '))
      .to.match(/Error: the store mongodb:\/\/127\.0\.0\.1.+ Try this:/u)
      .and.not.include(' at ')

    const again = await ownMongo(this, {port, dataDir})
    try {
      const completed = await runEp23(args, {cwd: folder.path})
      expect(completed.code, completed.stderr).to.equal(0)
      const {digests, reviews} = await storedDataset(again.url('seed'))
      expect([digests?.length, reviews?.length]).to.deep.equal([30, 30])
    } finally {
      await again.stop()
      rmSync(dataDir, {recursive: true, force: true})
      folder.remove()
    }
  })
})
