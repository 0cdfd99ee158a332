import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

interface Counted {
  posts_read: number
  records: {posts: number}
}

describe('dataset:seed on real channels', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const seed = (...args: string[]): Promise<Ended> =>
    runEp23(['dataset:seed', '--json', '--until', '2024-12-03', ...args], {cwd: folder.path})

  it('makes 30 real digests and reviews for each of five channels, and keeps them on a second run', async () => {
    const plan = JSON.parse((await seed(...fromFlags(FIVE), '--plan')).stdout).data
    expect(plan).to.include({plan: true, snapshot_path: null})
    expect(plan.totals.digests).to.include({inserted: 150, total: 150})

    const first = await seed(...fromFlags(FIVE))
    expect(first.code, first.stderr).to.equal(0)
    const {data} = JSON.parse(first.stdout)
    expect(data.window).to.deep.equal({from: '2024-11-04', to: '2024-12-03', days: 30, time_zone: 'Europe/Moscow'})
    const counts = data.channels.map(({posts_read, records}: Counted) => [posts_read, records.posts])
    expect(counts).to.deep.equal([
      [239, 967],
      [333, 944],
      [83, 719],
      [429, 1000],
      [523, 1000],
    ])
    for (const channel of data.channels)
      expect(channel.digests).to.deep.equal({
        inserted: 30,
        updated: 0,
        unchanged: 0,
        removed: 0,
        total: 30,
        telegram: 30,
        synthetic: 0,
        team: 0,
      })
    expect(data.totals.review_reports).to.include({inserted: 150, total: 150})

    const second = JSON.parse((await seed(...fromFlags(FIVE))).stdout).data.totals
    expect(second.digests).to.include({inserted: 0, updated: 0, unchanged: 150})
    expect(second.review_reports).to.include({inserted: 0, updated: 0, unchanged: 150})
  })

  it("measures each digest's own time: together they fit into the run", async () => {
    const store = await openStore(join(folder.path, '.ep23/store.sqlite'))
    const digests = await Array.fromAsync(store.collection<{latency_seconds: number}>('digests').find())
    const runs = await Array.fromAsync(
      store.collection<{duration_seconds: number}>('ep23_runs').find({command: 'dataset:seed'}),
    )
    await store.dispose()
    const together = digests.reduce((sum, {latency_seconds}) => sum + latency_seconds, 0)
    expect(digests.every(({latency_seconds}) => latency_seconds > 0)).to.equal(true)
    expect(together).to.be.below(Math.max(...runs.map(run => run.duration_seconds)))
  })

  it('leaves evidence: counts checked twice, an audit that passes, a checklist in two languages', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const evidence = (name: string): string => readFileSync(join(folder.path, 'datasets/snapshots', day, name), 'utf8')
    const counts = JSON.parse(evidence('channel_counts.json'))
    for (const {double_check} of counts.channels)
      expect(double_check.digests.grouped)
        .to.deep.equal(double_check.digests.enumerated)
        .and.to.include({total: 30, telegram: 30})
    expect(JSON.parse(evidence('dataset_audit.json'))).to.include({verdict: 'pass'})
    expect(evidence('ru_spotcheck.md')).to.include('Выборочная проверка / Spot check')
    const audit = await runEp23(['dataset:audit', '--json'], {cwd: folder.path})
    expect(audit.code, audit.stdout).to.equal(0)
  })

  it('makes the same documents in MongoDB', async function () {
    const mongo = await sharedMongo(this)
    const url = mongo.url(`seed_${process.pid}`)
    const {code, stderr, stdout} = await seed(...fromFlags(FIVE), '--store', url)
    expect(code, stderr).to.equal(0)
    expect(JSON.parse(stdout).data.totals.digests).to.include({inserted: 150, telegram: 150})
    expect(await storedDataset(url)).to.deep.equal(await storedDataset(join(folder.path, '.ep23/store.sqlite')))
    const again = JSON.parse((await seed(...fromFlags(FIVE), '--store', url)).stdout).data.totals
    expect(again.digests).to.include({inserted: 0, updated: 0, unchanged: 150})
  })

  it('shows the gaps that channels have and marks what fills them', async () => {
    const {code, stdout} = await seed(
      ...fromFlags(['kanal_112', 'bbc_russian', 'ria_novosti']),
      '--store',
      join(folder.path, 'gaps.sqlite'),
    )
    const {data, warnings} = JSON.parse(stdout)
    expect(code).to.equal(0)
    expect(data.channels.map((channel: {digests: object}) => channel.digests)).to.deep.equal(
      [29, 26, 8].map(telegram => ({
        inserted: 30,
        updated: 0,
        unchanged: 0,
        removed: 0,
        total: 30,
        telegram,
        synthetic: 30 - telegram,
        team: 0,
      })),
    )
    expect(data.channels[0].gaps).to.deep.equal([{day: '2024-11-04', reason: 'no posts with text'}])
    expect(warnings.join('\n')).to.include('@kanal_112 1 of 30').and.include('channels 3 instead of 5')
    for (const {metadata, digest_id} of (await storedDataset(join(folder.path, 'gaps.sqlite'))).digests as {
      metadata: {generator?: string; origin: string}
      digest_id: string
    }[])
      expect(metadata.generator !== undefined, digest_id).to.equal(metadata.origin === 'synthetic')
  })

  it('exits 65 with --gaps fail, naming the days, and writes nothing', async () => {
    const store = join(folder.path, 'none.sqlite')
    const {code, stdout} = await seed(...fromFlags(['kanal_112', 'bbc_russian']), '--gaps', 'fail', '--store', store)
    expect(code).to.equal(65)
    expect(JSON.parse(stdout).error).to.include({code: 'DATASET_GAPS', exit: 65})
    expect(JSON.parse(stdout).error.message).to.include('@kanal_112: 2024-11-04').and.include('2024-11-07')
    expect(await storedDataset(store)).to.deep.equal({digests: [], reviews: []})
  })

  it('refuses more synthetic digests than --max-synthetic-share allows', async () => {
    const {code, stdout} = await seed(
      ...fromFlags(['ria_novosti']),
      '--max-synthetic-share',
      '0.5',
      '--store',
      join(folder.path, 'none.sqlite'),
    )
    expect(code).to.equal(65)
    expect(JSON.parse(stdout).error).to.include({code: 'DATASET_TOO_SYNTHETIC'})
  })

  it('finds the last whole day by itself with --until latest', async () => {
    const {stdout} = await runEp23(
      ['dataset:seed', '--json', '--plan', '--until', 'latest', ...fromFlags(['habr', 'proglib'])],
      {cwd: folder.path},
    )
    expect(JSON.parse(stdout).data.window).to.include({from: '2024-11-04', to: '2024-12-03'})
  })
})
