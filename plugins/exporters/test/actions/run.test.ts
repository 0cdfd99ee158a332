import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync, zstdDecompressSync} from 'node:zlib'

import {Ep23Error, verbatim} from '@ep23/sdk'
import {expect} from 'chai'

import {checkExports} from '#src/actions/check.js'
import {runExporter} from '#src/actions/run.js'
import {writeKeyPair} from '#src/adapters/ed25519-keys.js'
import type {Manifest} from '#src/domain/manifest.js'
import {fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {openLaboratory, type Laboratory} from '../sample/fixture.ts'
import {note, sixtyNotes, teamExporter} from '../sample/team-exporter.ts'

type Flags = Parameters<typeof runExporter>[2]

describe('exporters:run', function () {
  this.timeout(120_000)
  const open: Laboratory[] = []
  function laboratory(given?: Parameters<typeof openLaboratory>[0]): Laboratory {
    const lab = openLaboratory(given)
    open.push(lab)
    return lab
  }
  afterEach(() => {
    for (const lab of open.splice(0)) lab.remove()
  })

  async function filled(digests = sampleDigests()): Promise<Laboratory> {
    const lab = laboratory()
    await fill(lab.store, digests)
    return lab
  }

  const run = (lab: Laboratory, flags: Partial<Flags> = {}, exporter = 'digests') =>
    runExporter(
      lab.runtime,
      exporter,
      {language: 'any', origin: 'any', layout: 'ep23', output: join(lab.folder, 'out'), ...flags},
      {json: false},
    )
  const at = (lab: Laboratory, ...names: string[]) => join(lab.folder, 'out', ...names)
  const manifestOf = (lab: Laboratory, name = 'digests.manifest.json') =>
    JSON.parse(readFileSync(at(lab, name), 'utf8')) as Manifest
  const contents = (lab: Laboratory) =>
    Object.fromEntries(readdirSync(at(lab)).map(name => [name, readFileSync(at(lab, name), 'utf8')]))

  it('writes records, their hashes, their schema and a manifest that holds', async () => {
    const lab = await filled()
    const {text, warnings} = await run(lab)
    expect(readdirSync(at(lab)).sort()).to.deep.equal([
      'digests.jsonl',
      'digests.leaves.jsonl',
      'digests.manifest.json',
      'digests.schema.json',
    ])
    expect(text[0]).to.match(/^10 records of digests in /u)
    expect(warnings).to.deep.equal([])
    expect((await checkExports(at(lab), undefined)).exit).to.equal(0)
    expect(manifestOf(lab).exports[0]?.records).to.deep.equal({
      total: 10,
      by_channel: {'@alpha_news': 5, '@beta_news': 5},
      by_origin: {synthetic: 4, telegram: 6},
    })
  })

  it('replaces its own file, and no file of others', async () => {
    const lab = await filled()
    await run(lab, {output: at(lab, 'a.jsonl')})
    await run(lab, {output: at(lab, 'a.jsonl')})
    for (const [name, more] of [
      ['b.jsonl', {}],
      ['c.jsonl.gz', {}],
      ['d-00001.jsonl', {output: at(lab, 'd.jsonl'), split: 10_000}],
    ] as const) {
      writeFileSync(at(lab, name), 'of others')
      expect(await failure(run(lab, {output: at(lab, name), ...more}))).to.include({
        code: 'EXPORT_FILE_EXISTS',
        exit: 77,
      })
      expect(readFileSync(at(lab, name), 'utf8')).to.equal('of others')
    }
    expect(readdirSync(at(lab)).filter(name => name.startsWith('.'))).to.deep.equal([])
    writeFileSync(at(lab, 'empty.jsonl'), '')
    await run(lab, {output: at(lab, 'empty.jsonl')})
  })

  it('records a duration, a count, a span and the run', async () => {
    const lab = await filled()
    await run(lab)
    expect(lab.runtime.recorded.metrics).to.deep.equal([
      {name: 'benchmark_export_records_total', labels: {exporter: 'digests'}, value: 10},
      {name: 'benchmark_export_duration_seconds', labels: {exporter: 'digests'}, value: 0},
    ])
    expect(lab.runtime.recorded.spans).to.include('exporters.export')
    expect(lab.runtime.recorded.facts).to.have.nested.property('export.records.total', 10)
  })

  it('writes the same bytes for the same data, whoever stored them in which order', async () => {
    const [one, two] = [await filled(), await filled([...sampleDigests()].reverse())]
    await run(one)
    await run(two)
    const [a, b] = [contents(one), contents(two)]
    for (const name of ['digests.jsonl', 'digests.leaves.jsonl', 'digests.schema.json'])
      expect(a[name]).to.equal(b[name])
  })

  it('has one Merkle root in every form', async () => {
    const lab = await filled()
    const roots = new Set<string>()
    const plain = async (flags: Partial<Flags>): Promise<void> => {
      await run(lab, flags)
      const {exports} = manifestOf(lab)
      roots.add(exports[0]?.merkle.root ?? '')
      expect((await checkExports(at(lab), undefined)).exit, JSON.stringify(flags)).to.equal(0)
    }
    await plain({})
    await plain({compress: 'gzip'})
    await plain({compress: 'zstd'})
    await plain({compress: 'gzip', split: 1000})
    await plain({split: 2000})
    await plain({format: 'parquet'})
    await plain({format: 'parquet', compress: 'zstd'})
    expect(roots.size).to.equal(1)
  })

  it('puts into gzip and zstd what it would have written plain', async () => {
    const lab = await filled()
    await run(lab)
    const text = readFileSync(at(lab, 'digests.jsonl'), 'utf8')
    await run(lab, {compress: 'gzip'})
    expect(String(gunzipSync(readFileSync(at(lab, 'digests.jsonl.gz'))))).to.equal(text)
    await run(lab, {compress: 'zstd'})
    expect(String(zstdDecompressSync(readFileSync(at(lab, 'digests.jsonl.zst'))))).to.equal(text)
  })

  it('removes what the export before it left and it does not have: other forms, parts, a signature', async () => {
    const lab = await filled()
    const {private_key} = await writeKeyPair(join(lab.folder, 'key'))
    writeFileSync(join(lab.folder, 'mine.txt'), '')
    mkdirSync(at(lab))
    writeFileSync(at(lab, 'mine.jsonl'), 'mine')
    await run(lab, {split: 1000, sign: private_key})
    expect(readdirSync(at(lab)).length).to.be.above(6)
    await run(lab, {compress: 'gzip'})
    expect(readdirSync(at(lab)).sort()).to.deep.equal([
      'digests.jsonl.gz',
      'digests.leaves.jsonl',
      'digests.manifest.json',
      'digests.schema.json',
      'mine.jsonl',
    ])
  })

  it('leaves both exports of one folder alone', async () => {
    const lab = await filled()
    await run(lab)
    await run(lab, {}, 'review_reports')
    const {data, exit} = await checkExports(at(lab), undefined)
    expect(exit).to.equal(0)
    expect(data.manifests.map(({file}) => file)).to.deep.equal([
      'digests.manifest.json',
      'review_reports.manifest.json',
    ])
  })

  it('says what a limit and a window leave out, here and in the manifest', async () => {
    const lab = await filled()
    const {warnings} = await run(lab, {from: '2024-11-05', until: '2024-11-06', limit: 3})
    expect(warnings).to.deep.equal(['7 stored records are left out: 6 by the window, 1 by --limit'])
    expect(manifestOf(lab).exports[0]).to.deep.include({
      left_out: {by_window: 6, by_channel: 0, by_language: 0, by_origin: 0, by_limit: 1, total: 7},
    })
    expect(manifestOf(lab).exports[0]?.query).to.include({limit: 3})
  })

  it('takes the window of the last snapshot', async () => {
    const lab = await filled()
    const snapshot = join(lab.folder, 'datasets/snapshots/2024-12-04')
    mkdirSync(snapshot, {recursive: true})
    const window = {from: '2024-11-04', to: '2024-11-05', days: 2, time_zone: 'Europe/Moscow'}
    writeFileSync(join(snapshot, 'channel_counts.json'), JSON.stringify({window}))
    const {text, warnings} = await run(lab)
    expect(text[1]).to.include('2024-11-04..2024-11-05 (2 days, Europe/Moscow); from the last seed')
    expect(warnings).to.deep.equal(['6 stored records are left out: 6 by the window'])
  })

  it('names files after --output, and goes to the dataset folder without it', async () => {
    const lab = await filled()
    await run(lab, {output: at(lab, 'mine.jsonl.gz')})
    expect(readdirSync(at(lab)).sort()).to.deep.equal([
      'mine.jsonl.gz',
      'mine.leaves.jsonl',
      'mine.manifest.json',
      'mine.schema.json',
    ])
    await run(lab, {output: undefined})
    expect(existsSync(join(lab.folder, 'datasets/exports/digests.manifest.json'))).to.equal(true)
  })

  it('writes nothing and exits 65 without a record, with the reason', async () => {
    const empty = laboratory()
    const nothing = await failure(run(empty))
    expect(nothing).to.include({code: 'EXPORT_NO_RECORDS', exit: 65})
    expect(existsSync(at(empty))).to.equal(false)
    const lab = await filled()
    const filtered = await failure(run(lab, {channel: ['@gamma_news']}))
    expect(filtered.message).to.include('10 left out: 10 by --channel')
  })

  it('takes exporters that a team’s plugin brings', async () => {
    const lab = laboratory({exporters: [teamExporter({runs: [sixtyNotes()]})]})
    await run(lab, {}, 'notes')
    expect(manifestOf(lab, 'notes.manifest.json').exports[0]?.schema.id).to.equal('urn:team:notes:1')
    expect((await checkExports(at(lab), undefined)).exit).to.equal(0)
  })

  it('signs, and tells a wrong signer before any work', async () => {
    const lab = await filled()
    const {private_key, key_id} = await writeKeyPair(join(lab.folder, 'key'))
    const {data} = await run(lab, {sign: private_key})
    expect(data?.signature).to.equal('digests.manifest.dsse.json')
    const {data: checked} = await checkExports(at(lab), `${private_key}.pub`)
    expect(checked.manifests[0]?.signature).to.deep.equal({file: 'digests.manifest.dsse.json', key_id, verified: true})
    expect(await failure(run(lab, {sign: join(lab.folder, 'nope')}))).to.include({exit: 64})
  })

  it('never writes the private key into a file or the run’s document', async () => {
    const lab = await filled()
    const {private_key} = await writeKeyPair(join(lab.folder, 'key'))
    await run(lab, {sign: private_key})
    const secret = readFileSync(private_key, 'utf8').split('\n')[1] ?? expect.fail('a key has a second line')
    const everything = JSON.stringify([contents(lab), lab.runtime.recorded])
    expect(everything).to.not.include(secret)
  })

  it('does not replace the evidence of a verification', async () => {
    const lab = await filled()
    await run(lab)
    const manifest = readFileSync(at(lab, 'digests.manifest.json'))
    writeFileSync(at(lab, 'manifest.json'), manifest)
    expect(await failure(run(lab))).to.include({code: 'EXPORT_IS_EVIDENCE', exit: 77})
  })

  describe('leaves the export before it in place', () => {
    async function expectUntouched(lab: Laboratory, attempt: Promise<unknown>, expected: object): Promise<void> {
      const before = contents(lab)
      expect(await failure(attempt)).to.include(expected)
      expect(contents(lab)).to.deep.equal(before)
      expect((await checkExports(at(lab), undefined)).exit).to.equal(0)
    }

    it('when a document cannot become a record', async () => {
      const lab = await filled()
      await run(lab)
      await fill(
        lab.store,
        sampleDigests({spoil: (digest, n) => (n === 9 ? Object.assign(digest, {summary_markdown: 5}) : digest)}),
      )
      await expectUntouched(lab, run(lab), {code: 'EXPORT_BAD_DOCUMENT', exit: 65})
    })

    it('when the store goes away in the middle', async () => {
      const gone = new Ep23Error(verbatim('the store is gone'), {code: 'STORE_UNAVAILABLE', exit: 69})
      let calls = 0
      const exporter = teamExporter({
        runs: [],
        async *records() {
          calls += 1
          yield* sixtyNotes().slice(0, calls === 1 ? 60 : 30)
          if (calls > 1) throw gone
        },
      })
      const lab = laboratory({exporters: [exporter]})
      await run(lab, {}, 'notes')
      await expectUntouched(lab, run(lab, {}, 'notes'), {code: 'STORE_UNAVAILABLE', exit: 69})
    })

    it('when it is interrupted in the middle', async () => {
      const controller = new AbortController()
      let calls = 0
      const exporter = teamExporter({
        runs: [],
        async *records() {
          calls += 1
          for (let number = 0; number < 1000; number += 1) {
            if (calls > 1 && number === 500) controller.abort()
            yield note(number)
          }
        },
      })
      const lab = laboratory({exporters: [exporter], signal: controller.signal})
      await run(lab, {}, 'notes')
      await expectUntouched(lab, run(lab, {}, 'notes'), {code: 'INTERRUPTED', exit: 130})
    })

    it('when a record breaks the schema or the order', async () => {
      const lab = laboratory({
        exporters: [
          teamExporter({
            runs: [sixtyNotes(), sixtyNotes(n => (n === 40 ? {note: 5} : {})), [...sixtyNotes()].reverse()],
          }),
        ],
      })
      await run(lab, {}, 'notes')
      await expectUntouched(lab, run(lab, {}, 'notes'), {code: 'EXPORT_BAD_RECORD', exit: 65})
      const disorder = await failure(run(lab, {}, 'notes'))
      expect(disorder.message).to.include('note-0058').and.include('comes after note-0059')
    })
  })
})
