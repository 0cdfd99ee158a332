import {appendFileSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Digest} from '@ep23/plugin-dataset'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {FIVE, fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const SCHEMA = join(import.meta.dirname, '../../plugins/exporters/schemas/records/digests.schema.json')

describe('exporters:verify on five real channels', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let archive: string
  before(async () => {
    folder = temporaryFolder()
    const seeded = await ep23('dataset:seed', '-q', '--until', '2024-12-03', ...fromFlags(FIVE))
    expect(seeded.code, seeded.stderr).to.equal(0)
  })
  after(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  /** A failed verification's data. */
  async function refused(...args: string[]): Promise<Record<string, any>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(2)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('archives 150 digests and 150 review reports, written twice with the same bytes', async () => {
    const {code, stdout, stderr} = await ep23('exporters:verify', '--json')
    expect(code, stderr).to.equal(0)
    const {data, warnings} = JSON.parse(stdout)
    expect(data.exporters.map((one: any) => [one.exporter, one.records, one.records_valid])).to.deep.equal([
      ['digests', 150, 150],
      ['review_reports', 150, 150],
    ])
    for (const {runs} of data.exporters) expect(runs[0].files).to.deep.equal(runs[1].files)
    expect(warnings).to.deep.equal([])
    archive = data.archive.folder
    expect((await ep23('exporters:check', archive)).code).to.equal(0)
    const manifest = JSON.parse(readFileSync(join(archive, 'manifest.json'), 'utf8'))
    expect(manifest.exports[0].records.by_origin).to.deep.equal({telegram: 150})
    expect(manifest.exports[0].query.window).to.include({from: '2024-11-04', to: '2024-12-03'})
  })

  it('finds one changed byte in the archive and names the record', async () => {
    const path = join(archive, 'review_reports.jsonl')
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(
        '"sample_id":"@moscowach:2024-11-20","source_text":"## s',
        '"sample_id":"@moscowach:2024-11-20","source_text":"## S',
      ),
    )
    const data = await refused('exporters:check', archive)
    writeFileSync(path, text)
    expect(data['findings'][0]).to.include({
      exporter: 'review_reports',
      file: 'review_reports.jsonl',
      sample_id: '@moscowach:2024-11-20',
    })
    expect((await ep23('exporters:check', archive)).code).to.equal(0)
  })

  it('finds an exporter that changes the order and names the record', async () => {
    const script = `
      const fs = require('fs')
      const lines = fs.readFileSync(${JSON.stringify(join(archive, 'digests.jsonl'))}, 'utf8').split('\\n')
      ;[lines[70], lines[71]] = [lines[71], lines[70]]
      fs.writeFileSync(process.argv[1], lines.join('\\n'))`
    const exporter = {name: 'disordered', command: [process.execPath, '-e', script, '{output}'], schema: SCHEMA}
    appendFileSync(join(folder.path, 'ep23.config.yaml'), JSON.stringify({exporters: [exporter]}))
    const data = await refused('exporters:verify', '--exporter', 'disordered')
    const moved = JSON.parse(readFileSync(join(archive, 'digests.jsonl'), 'utf8').split('\n')[70] ?? '').sample_id
    expect(data['findings'][0]).to.include({rule: 'order', exporter: 'disordered', line: 72, sample_id: moved})
  })

  it('finds one field whose type was changed in the store, names the document, and leaves the archive', async () => {
    const before = readdirSync(archive).map(name => readFileSync(join(archive, name), 'base64'))
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => {
      const digests = store.collection<Digest>('digests')
      const [digest] = await Array.fromAsync(digests.find({digest_id: '@habr:2024-11-15'}))
      await digests.upsertMany(
        [Object.assign(digest ?? {}, {latency_seconds: '0.01'}) as unknown as Digest],
        'digest_id',
      )
    })
    const data = await refused('exporters:verify', '--exporter', 'digests', '--exporter', 'review_reports')
    expect(data['findings'][0]).to.include({exporter: 'digests'})
    expect(data['findings'][0].message).to.include('@habr:2024-11-15').and.include('/latency_seconds')
    expect(data['exporters'].map((one: any) => one.passed)).to.deep.equal([false, true])
    expect(readdirSync(archive).map(name => readFileSync(join(archive, name), 'base64'))).to.deep.equal(before)
  })
})
