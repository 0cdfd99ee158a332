import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {fillMongo, hashOfTeam, teamDatabase} from '../helpers/team-database.ts'

const CHANNELS = '@naked_science,@habr_com,@proglib,@city_news,@economika'

describe("ep23 daily beside the team's programs", function () {
  this.timeout(240_000)
  const folder = temporaryFolder()
  let url: string
  let hash: string

  before(async function () {
    url = (await sharedMongo(this)).url(`ep23_daily_${process.pid}`)
    await fillMongo(url, teamDatabase({days: 6}))
    hash = await hashOfTeam(url)
  })
  after(async () => {
    const client = await MongoClient.connect(url)
    await client.db().dropDatabase()
    await client.close()
    folder.remove()
  })

  const daily = (...args: string[]) =>
    runEp23(['daily', '-q', '--json', '--from', url, '--channels', CHANNELS, '--time-zone', 'UTC', ...args], {
      cwd: folder.path,
    })

  it('judges their digests as they are, from their posts, and changes nothing of theirs', async () => {
    const {code, stdout, stderr} = await daily(
      '--writer',
      'team',
      '--store',
      url,
      '--since',
      '2024-12-01',
      '--day',
      '2024-12-03',
    )
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {added, line} = JSON.parse(stdout).data
    expect(added).to.deep.equal(['2024-12-01', '2024-12-02', '2024-12-03'])
    expect(line.writer).to.equal('team')
    const measured = Object.values<object>(line.channels).filter(channel => 'scores' in channel)
    expect(measured).to.have.length.at.least(3)
    expect(await hashOfTeam(url)).to.equal(hash)
  })

  it('says of a day whose posts the database has deleted that it is missing, and of no post that it was deleted', async () => {
    const client = await MongoClient.connect(url)
    await client.db().collection('posts').deleteMany({})
    await client.close()
    const {code, stdout} = await daily('--day', '2024-12-04', '--writer', 'team', '--store', url)
    expect(code, stdout).to.equal(5)
    expect(JSON.parse(stdout).data.line).to.deep.include({state: 'missing', findings: []})
  })
})
