import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'chai'

import {inTerminal} from '../helpers/in-terminal.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'

describe('the dataset commands on the demo', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  async function dataOf(...args: string[]): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('audits nothing before anything was seeded, and says what to do', async () => {
    const {code, stderr} = await ep23('dataset:audit')
    expect(code).to.equal(65)
    expect(stderr).to.include('ep23 dataset:seed')
  })

  it('seeds five channels, all synthetic, and says so plainly', async () => {
    const {code, stdout, stderr} = await ep23('dataset:seed')
    expect(code, stderr).to.equal(0)
    expect(stdout).to.include('150 digests (0 telegram, 150 synthetic)').and.include('The whole dataset is synthetic')
    expect(stderr).to.match(/\[(\d+)\/\1\] Snapshot: done/u)
    const again = await dataOf('dataset:seed')
    expect(again.totals.digests).to.include({inserted: 0, updated: 0, unchanged: 150})
  })

  it('makes the same documents for the same seed, and others for another', async () => {
    await dataOf('dataset:seed', '--store', 'same.sqlite')
    await dataOf('dataset:seed', '--store', 'other.sqlite', '--seed', '24')
    const here = await storedDataset(join(folder.path, '.ep23/store.sqlite'))
    expect(await storedDataset(join(folder.path, 'same.sqlite'))).to.deep.equal(here)
    expect(await storedDataset(join(folder.path, 'other.sqlite'))).to.not.deep.equal(here)
  })

  it('keeps quiet with --quiet', async () => {
    const {stderr} = await ep23('dataset:seed', '--quiet')
    expect(stderr).to.not.include('Snapshot')
  })

  it('audits with a verdict, and exits 2 when a channel has too few', async () => {
    expect(await dataOf('dataset:audit')).to.include({verdict: 'pass'})
    const {code, stdout} = await ep23('dataset:audit', '--minimum', '31', '--json')
    expect(code).to.equal(2)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    expect(JSON.parse(stdout)).to.include({status: 'failed'})
    expect(JSON.parse(stdout).data.findings).to.deep.include({
      rule: 'minimum',
      level: 'fail',
      channel: '@habr',
      detail: '30 digests, at least 31 required',
    })
  })

  it('writes a checklist for a person', async () => {
    const {path, digest_ids} = await dataOf('dataset:spotcheck', '--count', '3')
    expect(digest_ids).to.have.length(3)
    const file = readFileSync(path, 'utf8')
    expect(file).to.include(digest_ids[2]).and.include('- [ ] Главное за день названо')
    // Every bullet leads to a post that is there, and no two posts have one place.
    const links = Array.from(file.matchAll(/\]\(#([^)]*)\)/gu), ([, anchor]) => anchor)
    const anchors = Array.from(file.matchAll(/<a id="([^"]*)">/gu), ([, anchor]) => anchor)
    expect(links).to.not.have.length(0)
    expect(anchors).to.include.members(links)
    expect(new Set(anchors).size).to.equal(anchors.length)
    expect(file).to.not.include('](#post-')
  })

  it('imports what another store holds, refuses what breaks the schema, and quarantines it on demand', async () => {
    const {digests} = await storedDataset(join(folder.path, '.ep23/store.sqlite'))
    const file = join(folder.path, 'digests.jsonl')
    const lines = (digests ?? []).slice(0, 3).map(digest => JSON.stringify(digest))
    writeFileSync(
      file,
      [...lines, '{"channel": "@habr", "created_at": "2024-11-05T20:59:59.999Z"}', 'not json', ''].join('\n'),
    )
    const refused = await ep23('dataset:import', 'digests', file, '--store', 'import.sqlite')
    expect(refused.code).to.equal(65)
    expect(refused.stderr.replaceAll(/\s+/gu, ' ')).to.include('digests.jsonl, line 4')
    const data = await dataOf('dataset:import', 'digests', file, '--store', 'import.sqlite', '--skip-invalid')
    expect(data).to.include({read: 5, inserted: 3, rejected: 2})
    const quarantined = readFileSync(data.quarantine_path, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).line)
    expect(quarantined).to.deep.equal([4, 5])
    expect((await storedDataset(join(folder.path, 'import.sqlite'))).digests).to.deep.equal((digests ?? []).slice(0, 3))
  })

  it('imports its own exports, and prints records to fill in', async () => {
    for (const [exporter, kind] of [
      ['digests', 'digests'],
      ['review_reports', 'reviews'],
    ] as const) {
      await dataOf('exporters:run', exporter, '--output', 'exports')
      const back = await dataOf('dataset:import', kind, `exports/${exporter}.jsonl`, '--store', 'back.sqlite')
      expect(back).to.include({read: 150, inserted: 150, rejected: 0})
      expect((await dataOf('dataset:import', '--template', kind)).template).to.not.be.empty
    }
    await dataOf('exporters:run', 'digests', '--window', 'all', '--output', 'again', '--store', 'back.sqlite')
    const records = (path: string): Record<string, any>[] =>
      readFileSync(join(folder.path, path), 'utf8')
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line))
    const [first, again] = [records('exports/digests.jsonl'), records('again/digests.jsonl')]
    for (const [index, {sample_id, source_text, summary_markdown, metadata}] of first.entries()) {
      expect(again[index]).to.deep.include({sample_id, source_text, summary_markdown})
      // Where posts have blank lines of their own, an export does not tell how many they were.
      expect({...again[index]?.['metadata'], posts_count: metadata.posts_count}).to.deep.equal(metadata)
    }
    expect((await ep23('dataset:import', 'digests')).code).to.equal(64)
    mkdirSync(join(folder.path, 'folders/inside'), {recursive: true})
    const ofFolders = await ep23('dataset:import', 'digests', 'folders')
    expect([ofFolders.code, ofFolders.stderr.includes('folders has no files')]).to.deep.equal([64, true])
  })

  it('writes no samples over files that have something else in them', async () => {
    const own = join(folder.path, 'own/channels/sample_city.jsonl')
    mkdirSync(dirname(own), {recursive: true})
    writeFileSync(own, 'of the team')
    const {code, stderr} = await ep23('dataset:samples', 'own')
    expect(code).to.equal(64)
    expect(stderr).to.include('sample_city.jsonl is there already')
    expect(readFileSync(own, 'utf8')).to.equal('of the team')
    expect(readdirSync(join(folder.path, 'own'))).to.deep.equal(['channels'])
    for (const _ of ['once', 'and again']) expect((await ep23('dataset:samples', 'fresh')).code).to.equal(0)
  })

  for (const [key, typed] of [
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const)
    it(`purges nothing when the question is answered with ${key}`, async function () {
      const options = {cwd: folder.path, typed: [['[y/N]', typed]] satisfies [string, string][]}
      const {code, text} = await inTerminal(this, 'dataset:purge --origin synthetic', options)
      expect(code, text).to.equal(130)
      expect(text).to.include('nothing was removed').and.not.include('bug')
    })

  it('purges by origin only after a yes', async () => {
    const unasked = await ep23('dataset:purge', '--origin', 'synthetic')
    expect(unasked.code).to.equal(64)
    expect(unasked.stderr).to.include('--yes')
    expect((await ep23('dataset:purge', '--yes')).code).to.equal(64)
    expect((await ep23('dataset:purge', '--channel', '@nosuch', '--yes')).stderr).to.include(
      'there are no documents of @nosuch',
    )
    expect(await dataOf('dataset:purge', '--channel', 't.me/habr', '--before', '2024-11-06', '--yes')).to.deep.equal({
      removed: {digests: 2, review_reports: 2},
    })
    expect(await dataOf('dataset:purge', '--origin', 'synthetic', '--yes')).to.deep.equal({
      removed: {digests: 148, review_reports: 148},
    })
  })

  for (const [flag, value, code] of [
    ['--days', '0', 64],
    ['--days', 'x', 64],
    ['--minimum', '31', 64],
    ['--until', '2024-02-30', 64],
    ['--time-zone', 'Mars/Olympus', 64],
    ['--gaps', 'maybe', 64],
    ['--max-synthetic-share', '2', 64],
    ['--seed', '-1', 64],
    ['--from', '@habr', 64],
    ['--from', '@habr=missing.json', 64],
    ['--from', 'a b=ep23.yaml', 65],
    ['--channels', '@x__y', 65],
    ['--summarizer', 'oracle', 64],
  ] as const)
    it(`exits ${code} for ${flag} ${value}, with a sentence and no stack`, async () => {
      const {code: exit, stderr} = await ep23('dataset:seed', '--quiet', flag, value)
      expect(exit, stderr).to.equal(code)
      expect(stderr)
        .to.match(/Error: .+/u)
        .and.include('Code: ')
        .and.not.include('    at ')
    })
})
