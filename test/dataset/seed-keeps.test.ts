import {createHash} from 'node:crypto'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {callTool, connectOverStdio} from '../helpers/mcp-client.ts'
import {channelFile, FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

interface Seeded {
  totals: {kept: number; digests: Record<string, number>; review_reports: Record<string, number>}
  channels: {channel: string; kept: {day: string; reason: string; written_by: {kind: string}}[]}[]
}

describe('seeding over real digests', function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  let real: Record<string, string[]>
  before(async () => {
    folder = temporaryFolder()
    const {code, stderr} = await ep23('dataset:seed', '-q', ...fromFlags(FIVE), '--until', '2024-12-03')
    expect(code, stderr).to.equal(0)
    real = await hashes()
    expect(real['digests']).to.have.length(150)
    expect(real['review_reports']).to.have.length(150)
  })
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})

  async function dataOf(...args: string[]): Promise<Seeded> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return (JSON.parse(stdout) as {data: Seeded}).data
  }

  /** Every stored document to the last byte of its text. */
  async function hashes(): Promise<Record<string, string[]>> {
    return withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => {
      const all: Record<string, string[]> = {}
      for (const [name, key] of [
        ['digests', 'digest_id'],
        ['review_reports', 'report_id'],
      ] as const)
        all[name] = await Array.fromAsync(store.collection(name).find({}, {sort: {[key]: 1}}), document =>
          createHash('sha256').update(JSON.stringify(document)).digest('hex'),
        )
      return all
    })
  }

  it("leaves them as they are when the readme's first command is given, and names what it kept", async () => {
    const plan = await dataOf('dataset:seed', '--plan')
    expect(plan.totals).to.include({kept: 150})
    const {totals, channels} = await dataOf('dataset:seed')
    expect(totals).to.include({kept: 150})
    expect(totals.digests).to.include({inserted: 0, updated: 0, unchanged: 150, telegram: 150, synthetic: 0})
    expect(channels[0]?.kept[0]).to.include({day: '2024-11-04'})
    expect(channels[0]?.kept[0]?.written_by.kind).to.equal('extractive')
    expect(await hashes()).to.deep.equal(real)
    expect((await ep23('dataset:seed', '-q')).stdout).to.include('150 stored digests were kept')
  })

  it('leaves the other days as they are when a week of a channel is given', async () => {
    const week = join(folder.path, 'week.json')
    await writeWeek(week)
    const args = ['dataset:seed', '--from', `@habr=${week}`, '--until', '2024-12-03']
    const {totals} = await dataOf(...args)
    expect(totals.digests).to.include({telegram: 30, synthetic: 0, total: 30})
    expect(totals.kept).to.be.at.least(23)
    expect(await hashes()).to.deep.equal(real)
  })

  it('refuses the file of another channel: no post of the same days is the same', async () => {
    const wrong = channelFile('habr')
    const args = ['dataset:seed', '-q', '--from', `@proglib=${wrong}`, '--until', '2024-12-03']
    for (const more of [[], ['--plan']]) {
      const {code, stderr} = await ep23(...args, ...more)
      expect(code, stderr).to.equal(65)
      expect(stderr).to.include('DATASET_OTHER_POSTS').and.include('@proglib').and.include('habr.')
      expect(stderr).to.include('--replace').and.include('dataset:restore')
    }
    expect(await hashes()).to.deep.equal(real)
    const {totals} = await dataOf(...args.slice(0, 1), ...args.slice(2), '--replace', '--plan')
    expect(totals.digests).to.include({updated: 30})
  })

  it('leaves them as they are when an agent seeds over MCP, and tells it so', async () => {
    const client = await connectOverStdio(folder.path, ['--allow-write'])
    try {
      const {isError, content} = await callTool(client, 'seed_dataset')
      expect(isError, JSON.stringify(content)).to.not.equal(true)
      expect(JSON.stringify(content)).to.match(/"kept":150/u)
    } finally {
      await client.close()
    }
    expect(await hashes()).to.deep.equal(real)
  })

  it('restores what a purge removed, equal', async () => {
    const purge = JSON.parse((await ep23('dataset:purge', '--channel', '@habr', '--yes', '--json')).stdout)
    expect(purge.data.removed).to.deep.equal({digests: 30, review_reports: 30})
    expect((await hashes())['digests']).to.have.length(120)
    const restored = await dataOf('dataset:restore', purge.run_id)
    expect(restored).to.deep.equal({
      digests: {restored: 30, unchanged: 0},
      review_reports: {restored: 30, unchanged: 0},
    })
    expect(await hashes()).to.deep.equal(real)
  })

  it('restores what --replace overwrote, equal, a day or all of it, and lists it', async () => {
    const {stdout} = await ep23('dataset:seed', '--replace', '--json')
    const {run_id, data} = JSON.parse(stdout)
    expect(data.totals.digests).to.include({updated: 150, synthetic: 150})
    const history = (await dataOf('dataset:history', '--run', run_id, '--limit', '1000')) as unknown as {
      items: {action: string}[]
    }
    expect(history.items).to.have.length(300)
    expect(await dataOf('dataset:restore', '--document', '@habr:2024-11-04')).to.deep.equal({
      digests: {restored: 1, unchanged: 0},
      review_reports: {restored: 1, unchanged: 0},
    })
    expect(await dataOf('dataset:restore', run_id)).to.deep.equal({
      digests: {restored: 149, unchanged: 1},
      review_reports: {restored: 149, unchanged: 1},
    })
    expect(await hashes()).to.deep.equal(real)
    expect((await ep23('doctor')).stdout).to.match(/dataset history: \d+ versions/u)
  })

  it('forgets lost versions by age and by size', async () => {
    const {stdout} = await ep23('dataset:history:prune', '--mib', '1', '--json')
    const {data} = JSON.parse(stdout)
    expect(data.forgotten.entries).to.be.above(0)
    expect(data.left.size_kib).to.be.at.most(1024)
    const none = JSON.parse((await ep23('dataset:history:prune', '--days', '0', '--json')).stdout)
    expect(none.data.left.entries).to.equal(0)
    expect((await ep23('dataset:restore', '--document', '@habr:2024-11-04')).code).to.equal(65)
  })
})

/** The last week of a real channel as a file of its own: six days are not covered whole. */
async function writeWeek(path: string): Promise<void> {
  const {readFile, writeFile} = await import('node:fs/promises')
  const {gunzipSync} = await import('node:zlib')
  const file = channelFile('habr')
  const bytes = await readFile(file)
  const records = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as {date: string}[]
  await writeFile(path, JSON.stringify(records.filter(({date}) => date >= '2024-11-27')))
}
