import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {Ep23Error, type Exporter, type Store, verbatim} from '@ep23/sdk'
import {memoryStore, plainText} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {verifyExporters} from '#src/actions/verify.js'
import type {Manifest} from '#src/domain/manifest.js'
import {changed, fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {openLaboratory, type Laboratory} from '../sample/fixture.ts'
import {note, sixtyNotes, TEAM_SCHEMA, teamExporter} from '../sample/team-exporter.ts'

type Flags = Parameters<typeof verifyExporters>[1]
const FLAGS: Flags = {language: 'any', origin: 'any', runs: 2, 'min-samples': 50}

describe('exporters:verify', function () {
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

  const verify = (lab: Laboratory, flags: Partial<Flags> = {}) => verifyExporters(lab.runtime, {...FLAGS, ...flags})
  /** Verifies one exporter of a team's, and returns the first finding. */
  async function findingOf(exporter: Exporter, flags: Partial<Flags> = {}) {
    const {data, exit, text} = await verify(laboratory({exporters: [exporter]}), flags)
    expect(exit).to.equal(2)
    expect(data.archive).to.equal(null)
    expect(plainText(text).join('\n')).to.include(data.findings[0]?.message)
    return data.findings[0]
  }

  it('archives both built-in exporters with everything that proves them', async () => {
    const lab = laboratory({now: new Date('2024-12-03T21:30:00Z')})
    await fill(lab.store, sampleDigests({days: 30}))
    const {data, exit, text} = await verify(lab)
    expect(exit).to.equal(0)
    const folder = join(lab.folder, 'datasets/exports/2024-12-04')
    expect(data.archive?.folder, 'today in Moscow').to.equal(folder)
    expect(readdirSync(folder).sort()).to.deep.equal([
      'digests.jsonl',
      'digests.leaves.jsonl',
      'digests.schema.json',
      'evidence.tar.gz',
      'evidence.tar.gz.sha256',
      'manifest.json',
      'review_reports.jsonl',
      'review_reports.leaves.jsonl',
      'review_reports.schema.json',
      'schema_validation.json',
    ])
    expect(
      data.exporters.map(({exporter, passed, records, runs}) => [exporter, passed, records, runs.length]),
    ).to.deep.equal([
      ['digests', true, 60, 2],
      ['review_reports', true, 60, 2],
    ])
    expect(text[0]).to.equal('✔ digests: 60 records, 2 runs')
    expect(text[1]).to.match(/^ {2}root {4}[0-9a-f]{64}$/u)
  })

  it('keeps the two runs of at least 50 samples and the schema report as evidence', async () => {
    const lab = laboratory()
    await fill(lab.store, sampleDigests({days: 25}))
    const {data} = await verify(lab, {exporter: ['digests']})
    const read = (name: string) => JSON.parse(readFileSync(join(data.archive?.folder ?? '', name), 'utf8')) as unknown
    const {exports} = read('manifest.json') as Manifest
    expect(exports[0]?.runs?.map(({records}) => records)).to.deep.equal([50, 50])
    expect(exports[0]?.runs?.[0]?.files).to.deep.equal(exports[0]?.runs?.[1]?.files)
    expect(read('schema_validation.json')).to.deep.include({
      exports: [
        {
          exporter: 'digests',
          schema_id: 'urn:ep23:export:digests:1',
          schema_sha256: exports[0]?.schema.canonical_sha256,
          records_checked: 50,
          records_valid: 50,
          problems: [],
        },
      ],
    })
  })

  it('runs the exporters in steps, each a run, a comparison, a check and a round trip', async () => {
    const lab = laboratory({exporters: [teamExporter({runs: [sixtyNotes()]})]})
    await verify(lab, {runs: 3})
    expect(lab.runtime.recorded.steps).to.deep.equal([
      'notes',
      'schema',
      'run 1',
      'run 2',
      'run 3',
      'compare bytes',
      'check every record',
      'round trip through a store',
      'archive',
    ])
    expect(lab.runtime.recorded.spans.filter(span => span === 'exporters.export')).to.have.lengthOf(3)
  })

  it('replaces the archive of the day, and keeps it when something is found', async () => {
    // A verification reads an exporter three times: two runs, and the source of the round trip.
    const same = Array.from({length: 4}, () => sixtyNotes())
    const lab = laboratory({exporters: [teamExporter({runs: [...same, sixtyNotes(() => ({note: 'x'}))]})]})
    const folder = (await verify(lab)).data.archive?.folder ?? ''
    const before = readFileSync(join(folder, 'manifest.json'), 'utf8')
    const {exit, text} = await verify(lab)
    expect(exit).to.equal(2)
    expect(text.at(-1)).to.include('the previous archive is unchanged')
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).to.equal(before)
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).to.deep.equal([])
  })

  it('writes an archive with the same bytes but for run and time', async () => {
    const folders: string[] = []
    for (const now of [new Date('2024-12-04T09:00:00Z'), new Date('2024-12-05T10:00:00Z')]) {
      const lab = laboratory({now})
      await fill(lab.store, sampleDigests({days: 25}))
      folders.push((await verify(lab)).data.archive?.folder ?? '')
    }
    for (const name of ['digests.jsonl', 'digests.leaves.jsonl', 'review_reports.jsonl', 'schema_validation.json']) {
      const [one, two] = folders.map(folder => readFileSync(join(folder, name), 'utf8'))
      expect(one).to.equal(two)
    }
  })

  describe('finds and names', () => {
    it('an exporter that writes something else the second time', async () => {
      const runs = [sixtyNotes(() => ({note: 'a'})), sixtyNotes(n => ({note: n === 17 ? 'b' : 'a'}))]
      expect(await findingOf(teamExporter({runs}))).to.deep.include({
        rule: 'bytes',
        exporter: 'notes',
        file: 'notes.jsonl',
        line: 18,
        sample_id: 'note-0017',
        message: 'run 2 has another content in this record',
      })
    })

    it('an exporter whose second run is shorter, or longer', async () => {
      expect(await findingOf(teamExporter({runs: [sixtyNotes(), sixtyNotes().slice(0, 55)]}))).to.include({
        line: 56,
        message: 'run 2 has no such line',
      })
      expect(await findingOf(teamExporter({runs: [sixtyNotes(), [...sixtyNotes(), note(60)]]}))).to.include({
        line: 61,
        message: 'only run 2 has this record',
      })
    })

    it('an exporter that changes the order', async () => {
      const swapped = sixtyNotes()
      ;[swapped[20], swapped[21]] = [note(21), note(20)]
      expect(await findingOf(teamExporter({runs: [swapped]}))).to.deep.include({
        rule: 'order',
        line: 22,
        sample_id: 'note-0020',
      })
    })

    it('a field whose type was changed in the store', async () => {
      const lab = laboratory()
      const spoil = (digest: ReturnType<typeof sampleDigests>[0], n: number) =>
        n === 31 ? changed(digest, {latency_seconds: '12'}) : digest
      await fill(lab.store, sampleDigests({days: 30, spoil}))
      const {data, exit} = await verify(lab)
      expect(exit).to.equal(2)
      expect(data.findings[0]).to.include({rule: 'exporter', exporter: 'digests'})
      expect(data.findings[0]?.message).to.include('@beta_news:2024-11-05').and.include('/latency_seconds')
      expect(data.exporters.map(({passed}) => passed)).to.deep.equal([false, true])
    })

    it('a record that breaks the committed schema', async () => {
      expect(await findingOf(teamExporter({runs: [sixtyNotes(n => (n === 3 ? {note: 5} : {}))]}))).to.deep.include({
        rule: 'schema',
        line: 4,
        sample_id: 'note-0003',
        pointer: '/note',
        message: 'must be string',
      })
    })

    it('an exporter whose schema drifted from the committed one', async () => {
      const lab = laboratory()
      const path = join(lab.folder, 'committed.json')
      writeFileSync(path, JSON.stringify({...TEAM_SCHEMA, required: ['sample_id']}))
      const finding = await findingOf(teamExporter({runs: [sixtyNotes()], schemaSnapshot: pathToFileURL(path)}))
      expect(finding).to.deep.include({rule: 'snapshot', pointer: '/required'})
    })

    it('too few samples', async () => {
      expect(await findingOf(teamExporter({runs: [sixtyNotes().slice(0, 49)]}))).to.include({
        rule: 'samples',
        message: 'run 1 has 49 records, fewer than --min-samples 50: export more days or channels, or lower it',
      })
    })

    it('no records at all, and an exporter that fails', async () => {
      expect(await findingOf(teamExporter({runs: [[]]}))).to.include({rule: 'exporter'})
      const broken = teamExporter({
        runs: [],
        async *records() {
          yield note(1)
          throw new TypeError('cannot read properties of undefined')
        },
      })
      expect(await findingOf(broken)).to.include({rule: 'exporter', message: 'cannot read properties of undefined'})
    })

    it('what JSON loses: undefined, a date, a negative zero', async () => {
      for (const [lost, was] of [
        [{note: undefined}, 'undefined'],
        [{note: -0}, '-0'],
        [{list: [undefined]}, 'undefined'],
      ] as const) {
        const schema = async () => ({...TEAM_SCHEMA, properties: {}})
        const exporter = teamExporter({runs: [sixtyNotes(n => (n === 30 ? lost : {}))], schema})
        const finding = await findingOf(exporter)
        expect(finding, JSON.stringify(lost)).to.include({rule: 'round-trip', sample_id: 'note-0030'})
        expect(finding?.message).to.include(`was ${was} in the source`)
      }
    })

    it('two records with one id, of which a store can keep only one', async () => {
      const twice = sixtyNotes().map((record, n) => (n === 31 ? {...record, sample_id: 'note-0030'} : record))
      expect(await findingOf(teamExporter({runs: [twice]}))).to.include({rule: 'round-trip'})
    })

    it('a store that gives back something else than it was given', async () => {
      const lab = laboratory({exporters: [teamExporter({runs: [sixtyNotes(() => ({note: 'a\u0000b'}))]})]})
      const runtime = {...lab.runtime, openStore: () => cuttingAtNul(memoryStore())}
      const {data} = await verifyExporters(runtime, FLAGS)
      expect(data.findings[0]).to.include({rule: 'round-trip', pointer: '/note', sample_id: 'note-0000'})
      expect(data.findings[0]?.message).to.equal(String.raw`was "a\u0000b" in the source and came back as "a"`)
    })
  })

  it('ends with the error itself when the store is down: that says nothing about an exporter', async () => {
    const down = new Ep23Error(verbatim('down'), {code: 'STORE_UNAVAILABLE', exit: 69})
    const exporter = teamExporter({runs: [], count: async () => Promise.reject(down)})
    expect(await failure(verify(laboratory({exporters: [exporter]})))).to.equal(down)
  })

  it('refuses an exporter that nobody knows before any work', async () => {
    expect(await failure(verify(laboratory(), {exporter: ['digest']}))).to.include({exit: 64})
  })
})

/** A store that cuts texts at U+0000, as those do that take them for C strings. */
function cuttingAtNul(store: Store): Store {
  return {
    ...store,
    collection: name => {
      const inner = store.collection<Record<string, unknown>>(name)
      return {
        ...inner,
        upsertMany: (documents: never, key: string) => inner.upsertMany(documents, key),
        async *find(filter: never, options: never) {
          for await (const document of inner.find(filter, options))
            yield Object.fromEntries(
              Object.entries(document).map(([field, value]) => [
                field,
                typeof value === 'string' ? value.split('\0')[0] : value,
              ]),
            )
        },
      } as never
    },
  }
}
