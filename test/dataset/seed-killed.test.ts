import {join} from 'node:path'

import {expect} from 'chai'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

import {killAtRandom} from '../helpers/kill-at-random.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

const KILLS = Number(process.env['EP23_TEST_KILLS'] ?? 6)
const DAYS = '6'

describe(`dataset:seed killed at ${KILLS} random moments`, function () {
  this.timeout(300_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const random = xoroshiro128plus(50)
  const seed = (store: string, killAfter?: number): Promise<Ended> => {
    const args = [
      'dataset:seed',
      '-q',
      '--until',
      '2024-12-03',
      '--days',
      DAYS,
      '--minimum',
      DAYS,
      '--store',
      store,
      ...fromFlags(FIVE),
    ]
    return runEp23(args, {cwd: folder.path, killAfter, coverage: false})
  }

  async function expectSameAfterKills(undisturbed: string, killed: string): Promise<void> {
    const started = performance.now()
    expect((await seed(undisturbed)).code).to.equal(0)
    const withinMs = performance.now() - started
    await killAtRandom(killAfter => seed(killed, killAfter), {kills: KILLS, random, withinMs})
    const last = await seed(killed)
    expect(last.code, last.stderr).to.equal(0)
    expect(await storedDataset(killed)).to.deep.equal(await storedDataset(undisturbed))
  }

  it('ends with the documents of an undisturbed run in SQLite', () =>
    expectSameAfterKills(join(folder.path, 'undisturbed.sqlite'), join(folder.path, 'killed.sqlite')))

  it('ends with the documents of an undisturbed run in MongoDB', async function () {
    const mongo = await sharedMongo(this)
    await expectSameAfterKills(mongo.url(`undisturbed_${process.pid}`), mongo.url(`killed_${process.pid}`))
  })
})
