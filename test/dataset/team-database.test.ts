import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {fillMongo, fillSqlite, hashOfTeam, teamDatabase} from '../helpers/team-database.ts'

const WINDOW = ['--until', '2024-12-03', '--days', '30', '--time-zone', 'UTC']
const CHANNELS = '@naked_science,@habr_com,@proglib,@city_news,@economika'

for (const kind of ['SQLite', 'MongoDB'] as const)
  describe(`a database of the team's own programs in ${kind}`, function () {
    this.timeout(240_000)
    let folder: ReturnType<typeof temporaryFolder>
    let store: string
    let hash: string

    before(async function () {
      folder = temporaryFolder()
      store = join(folder.path, 'team.sqlite')
      if (kind === 'MongoDB') store = (await sharedMongo(this)).url(`ep23_butler_${process.pid}`)
      await (kind === 'MongoDB' ? fillMongo(store, teamDatabase()) : fillSqlite(store, teamDatabase()))
      hash = await hashOfTeam(store)
    })
    after(async () => {
      if (kind === 'MongoDB' && store) {
        const client = await MongoClient.connect(store)
        await client.db().dropDatabase()
        await client.close()
      }
      folder.remove()
    })
    afterEach(async () => expect(await hashOfTeam(store), 'the team’s documents').to.equal(hash))

    const ep23 = (...args: string[]): Promise<Ended> => runEp23([...args, '--store', store], {cwd: folder.path})
    async function dataOf(codes: number[], ...args: string[]): Promise<Record<string, any>> {
      const {code, stdout, stderr} = await ep23(...args, '--json')
      expect(code, stderr + stdout).to.be.oneOf(codes)
      expect(problemsOfOutput(stdout)).to.deep.equal([])
      return JSON.parse(stdout).data
    }

    it('is audited, none of it as live, with what was never measured', async () => {
      const {verdict, channels, findings} = await dataOf([0], 'dataset:audit', ...WINDOW)
      expect(findings).to.deep.equal([])
      expect(verdict).to.equal('pass')
      expect(channels).to.have.length(5)
      for (const {digests, review_reports, not_measured, latency_measured} of channels) {
        expect(digests).to.deep.equal({telegram: 0, synthetic: 0, team: 30, total: 30})
        expect(review_reports).to.deep.equal({telegram: 0, synthetic: 0, team: 30, total: 30})
        expect(not_measured).to.deep.equal({invented_scores: 8, invented_latency: 8})
        expect(latency_measured).to.equal(15)
      }
    })

    it('is held against the team’s own rule on demand', async () => {
      const {channels, findings} = await dataOf([2], 'dataset:audit', ...WINDOW, '--against', 'team')
      expect(channels[0].team_rule.digests).to.include({checked: 30, counted_by_team: 0})
      expect(channels[0].team_rule.digests.breaches['no summary_markdown'].count).to.equal(14)
      expect(findings.every(({rule}: {rule: string}) => rule === 'team')).to.equal(true)
    })

    it('is exported: digests and review reports, in order, each once', async () => {
      for (const name of ['digests', 'review_reports']) {
        const data = await dataOf([0], 'exporters:run', name, '--window', 'all', '--output', join(folder.path, kind))
        expect(data.export.records.by_origin).to.deep.equal({team: 150})
        const lines = readFileSync(join(folder.path, kind, `${name}.jsonl`), 'utf8')
          .trimEnd()
          .split('\n')
        const records = lines.map(line => JSON.parse(line) as Record<string, any>)
        expect(new Set(records.map(({sample_id}) => sample_id as string)).size).to.equal(150)
        expect(records.every(({metadata}) => metadata.origin === 'team')).to.equal(true)
      }
      const nothing = await ep23('exporters:run', 'digests', '--window', 'all', '--origin', 'telegram')
      expect(nothing.code).to.equal(65)
    })

    it('is verified by the exporters, byte for byte and back into a store', async () => {
      const {code, stdout, stderr} = await ep23('exporters:verify', '--window', 'all')
      expect(code, stdout + stderr).to.equal(0)
    })

    it('is benchmarked apart from live numbers', async () => {
      const data = await dataOf([0, 4, 5], 'benchmark:run', '--scenario', 'channel_digest_ru')
      expect(data.dataset.by_origin).to.deep.equal({telegram: 0, synthetic: 0, team: 150})
      expect(data.assessment.by_origin).to.have.all.keys('team')
      for (const gate of data.assessment.gates) expect(gate).to.include({origin: 'telegram', verdict: 'unmeasured'})
    })

    it('is benchmarked from the team’s recorded scores without the invented ones', async () => {
      const data = await dataOf([0, 4, 5], 'benchmark:run', '--scenario', 'channel_digest_ru', '--dry-run')
      const {unmeasured, measured} = data.assessment.samples
      expect(measured).to.equal(40)
      expect(unmeasured).to.deep.equal({no_stored_score: 110})
    })

    it('keeps its days when ep23 seeds the same channels, and ep23’s own documents come beside', async () => {
      const seeded = await dataOf([0], 'dataset:seed', '--channels', CHANNELS, ...WINDOW)
      for (const {team_days, digests} of seeded.channels) {
        expect(team_days).to.have.length(30)
        expect(digests).to.include({inserted: 0, total: 0})
      }
      const longer = ['--until', '2024-12-05', '--days', '32', '--time-zone', 'UTC']
      for (const inserted of [2, 0]) {
        const beside = await dataOf([0], 'dataset:seed', '--channels', CHANNELS, ...longer)
        for (const {team_days, digests} of beside.channels) {
          expect(team_days).to.have.length(30)
          expect(digests).to.include({inserted, unchanged: 2 - inserted, total: 2, synthetic: 2})
        }
      }
      const {channels} = await dataOf([0], 'dataset:audit', ...longer)
      expect(channels[0].digests).to.deep.equal({telegram: 0, synthetic: 2, team: 30, total: 32})
      const {digest_ids} = await dataOf([0], 'dataset:spotcheck', ...longer, '--per-channel')
      expect(digest_ids).to.have.length(25)
      const {removed} = await dataOf([0], 'dataset:purge', '--channel', '@proglib', '--yes')
      expect(removed).to.deep.equal({digests: 2, review_reports: 2})
    })
  })

describe('an audit of the team’s documents', () => {
  it('names documents that no window finds', async () => {
    const folder = temporaryFolder()
    const path = join(folder.path, 'undated.sqlite')
    const team = teamDatabase({days: 4, channels: ['@habr_com']})
    Object.assign(team.digests[0] as object, {created_at: 'вчера'})
    await fillSqlite(path, team)
    const {code, stdout} = await runEp23(['dataset:audit', ...WINDOW, '--store', path, '--json'], {cwd: folder.path})
    expect(code).to.equal(2)
    const details = JSON.parse(stdout).data.findings.map(({detail}: {detail: string}) => detail)
    expect(details).to.include('digests without a usable date, which no window finds: 1')
    folder.remove()
  }).timeout(60_000)
})
