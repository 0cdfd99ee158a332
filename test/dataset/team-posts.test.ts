import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {fillMongo, hashOfTeam, teamDatabase} from '../helpers/team-database.ts'

const CHANNELS = '@naked_science,@habr_com,@proglib,@city_news,@economika'
const WINDOW = ['--until', '2024-12-03', '--days', '4', '--minimum', '4', '--time-zone', 'UTC']

describe("posts in the team's database", function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  let url: string
  let hash: string

  before(async function () {
    folder = temporaryFolder()
    url = (await sharedMongo(this)).url(`ep23_posts_${process.pid}`)
    await fillMongo(url, teamDatabase({days: 6}))
    hash = await hashOfTeam(url)
  })
  after(async () => {
    await inDatabase(client => client.db().dropDatabase())
    folder.remove()
  })

  async function inDatabase(work: (client: MongoClient) => Promise<unknown>): Promise<void> {
    const client = await MongoClient.connect(url)
    await work(client)
    await client.close()
  }
  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  async function dataOf(...args: string[]): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('are seeded from: every channel, each post once however many subscribers fetched it', async () => {
    const {channels, totals} = await dataOf('dataset:seed', '--from', url, ...WINDOW, '--channels', CHANNELS)
    expect(totals.digests).to.include({total: 20, telegram: 20, synthetic: 0})
    // 3, 4 or 5 posts a day; the channel that goes by a title at times loses none.
    for (const {records} of channels) expect(records).to.include({posts: 24, repeated: 0, replaced: 0})
    expect(await hashOfTeam(url)).to.equal(hash)
  })

  it('are seeded from for one channel, whose address and password no message shows', async () => {
    const secret = url.replace('mongodb://', 'mongodb://reader:hunter2@').replace(/:\d+\//u, ':1/')
    const {code, stdout, stderr} = await ep23('dataset:seed', '--from', `@proglib=${secret}`, ...WINDOW)
    expect(code).to.equal(69)
    expect(stdout + stderr).not.to.include('hunter2')
  })

  it('are collected before they are deleted, once, and edits too', async () => {
    const first = await dataOf('dataset:collect', '--from', url, '--store', 'own.sqlite')
    expect(first.totals).to.deep.equal({rows_read: 240, posts: 120, inserted: 120, updated: 0, unchanged: 0})
    expect(first.unnamed).to.deep.equal([])
    const again = await dataOf('dataset:collect', '--from', url, '--store', 'own.sqlite')
    expect(again.totals).to.include({inserted: 0, updated: 0, unchanged: 120})
    await inDatabase(async client => {
      const posts = client.db().collection('posts')
      const {_id, ...post} = (await posts.findOne({channel_username: 'proglib', message_id: '1000'})) as Record<
        string,
        any
      >
      const edit = {text: 'Мэрия исправила новость о мосте.', fetched_at: new Date('2024-12-04T00:00:00Z')}
      await posts.insertOne({...post, ...edit})
    })
    const edited = await dataOf('dataset:collect', '--from', url, '--store', 'own.sqlite')
    expect(edited.totals).to.include({inserted: 0, updated: 1, unchanged: 119})
    await inDatabase(client => client.db().collection('posts').deleteMany({}))
    const {code, stderr} = await ep23('dataset:collect', '--from', url, '--store', 'own.sqlite')
    expect(code).to.equal(65)
    expect(stderr).to.include('seven days')
  })

  it('are seeded from the copies when the team’s database has forgotten them', async () => {
    const {totals} = await dataOf('dataset:seed', '--channels', CHANNELS, ...WINDOW, '--store', 'own.sqlite')
    expect(totals.digests).to.include({total: 20, telegram: 20, synthetic: 0})
  })
})
