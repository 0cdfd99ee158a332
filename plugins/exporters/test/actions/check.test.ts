import {copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {plainText} from '@ep23/sdk/testing'
import {expect} from 'chai'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

import {checkExports} from '#src/actions/check.js'
import {runExporter} from '#src/actions/run.js'
import {verifyExporters} from '#src/actions/verify.js'
import {writeKeyPair} from '#src/adapters/ed25519-keys.js'
import {hashing} from '#src/adapters/hashing.js'
import {renderManifest, type Manifest} from '#src/domain/manifest.js'
import {fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {openLaboratory, type Laboratory} from '../sample/fixture.ts'

const FLIPS = Number(process.env['EP23_TEST_FLIPS'] ?? 44)

describe('exporters:check', function () {
  this.timeout(120_000)
  let lab: Laboratory
  let archive: string
  let key: {private_key: string; public_key: string; key_id: string}
  let count = 0

  before(async () => {
    lab = openLaboratory()
    await fill(lab.store, sampleDigests())
    key = await writeKeyPair(join(lab.folder, 'key'))
    const flags = {language: 'any', origin: 'any', runs: 2, 'min-samples': 10, sign: key.private_key}
    archive = (await verifyExporters(lab.runtime, flags)).data.archive?.folder ?? expect.fail('nothing was archived')
  })
  after(() => lab.remove())

  /** A copy of the archive, to be spoilt. */
  function copy(): string {
    const folder = join(lab.folder, `copy-${(count += 1)}`)
    cpSync(archive, folder, {recursive: true})
    return folder
  }

  /** The archive's records as a plain export without tarball and signature, its manifest sealed anew after the change. */
  function resealed(change: (manifest: Manifest, folder: string) => void): string {
    const folder = copy()
    const {manifest_sha256: _seal, ...manifest} = JSON.parse(
      readFileSync(join(folder, 'manifest.json'), 'utf8'),
    ) as Manifest & {manifest_sha256: string}
    for (const name of readdirSync(folder)) if (/^evidence|dsse/u.test(name)) rmSync(join(folder, name))
    manifest.signature = null
    change(manifest, folder)
    writeFileSync(join(folder, 'manifest.json'), renderManifest(manifest, hashing.sha256))
    return folder
  }

  it('passes what verification archived, as a folder and as a tarball', async () => {
    for (const path of [archive, join(archive, 'evidence.tar.gz'), join(archive, 'manifest.json')]) {
      const {data, exit} = await checkExports(path, key.public_key)
      expect(exit, path).to.equal(0)
      expect(
        data.manifests[0]?.exports.map(({exporter, records_checked}) => `${exporter} ${records_checked}`),
      ).to.deep.equal(['digests 10', 'review_reports 10'])
      expect(data.manifests[0]?.signature).to.include({key_id: key.key_id, verified: true})
    }
  })

  it(`finds any single byte that was changed, in any file of the archive (${FLIPS} at random, every file)`, async () => {
    const random = xoroshiro128plus(7)
    const names = readdirSync(archive)
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const folder = copy()
      const name = names[flip % names.length] ?? ''
      const bytes = readFileSync(join(folder, name))
      const at = uniformInt(random, 0, bytes.length - 1)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << uniformInt(random, 0, 7))
      writeFileSync(join(folder, name), bytes)
      const {data, exit} = await checkExports(folder, undefined)
      expect(exit, `byte ${at} of ${name}`).to.equal(2)
      expect(
        data.findings.some(({file}) => file === name || file === undefined || file === 'evidence.tar.gz'),
        name,
      ).to.equal(true)
      rmSync(folder, {recursive: true})
    }
  })

  it('names the first record that differs, with file, line and id', async () => {
    const folder = copy()
    const path = join(folder, 'digests.jsonl')
    writeFileSync(path, readFileSync(path, 'utf8').replace('Первый пост 2024-11-06', 'Первый пост 2024-11-07'))
    const {data, text} = await checkExports(folder, undefined)
    expect(data.findings[0]).to.deep.include({
      rule: 'hash',
      exporter: 'digests',
      file: 'digests.jsonl',
      line: 3,
      sample_id: '@alpha_news:2024-11-06',
    })
    expect(plainText(text).join('\n')).to.include(
      'digests · digests.jsonl line 3 · @alpha_news:2024-11-06: is not the record',
    )
  })

  it('names a record that was taken out, put in or moved', async () => {
    const spoilt = async (change: (lines: string[]) => string[]): Promise<string> => {
      const folder = copy()
      const path = join(folder, 'digests.jsonl')
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
      writeFileSync(path, `${change(lines).join('\n')}\n`)
      const {data} = await checkExports(folder, undefined)
      return `${data.findings[0]?.sample_id} ${data.findings[0]?.message.english}`
    }
    expect(await spoilt(lines => lines.toSpliced(4, 1))).to.match(
      /^@beta_news:2024-11-04 is in the place where @alpha_news:2024-11-08 was/u,
    )
    expect(await spoilt(lines => lines.slice(0, -1))).to.equal(
      '@beta_news:2024-11-08 is missing: the file ends before it',
    )
    expect(await spoilt(lines => [...lines, (lines.at(-1) ?? '').replaceAll('11-08', '11-09')])).to.match(
      /^@beta_news:2024-11-09 is not among/u,
    )
    expect(await spoilt(([a = '', b = '', ...rest]) => [b, a, ...rest])).to.match(
      /^@alpha_news:2024-11-05 is in the place where @alpha_news:2024-11-04/u,
    )
  })

  it('does not believe a manifest that was sealed anew over other files', async () => {
    const cases: [string, (manifest: Manifest, folder: string) => void, RegExp][] = [
      ['counts', m => Object.assign(m.exports[0]?.records ?? {}, {by_origin: {telegram: 10}}), /by_origin is/u],
      [
        'total',
        m => Object.assign(m.exports[0]?.records ?? {}, {total: 11}),
        /10 records found, the manifest says 11/u,
      ],
      ['root', m => Object.assign(m.exports[0]?.merkle ?? {}, {root: '0'.repeat(64)}), /the Merkle root is/u],
      ['schema', m => Object.assign(m.exports[0]?.schema ?? {}, {canonical_sha256: '0'.repeat(64)}), /not the schema/u],
      ['missing report', (_, folder) => rmSync(join(folder, 'schema_validation.json')), /is missing/u],
      ['missing records', (_, folder) => rmSync(join(folder, 'digests.jsonl')), /cannot be read on|is missing/u],
    ]
    for (const [what, change, message] of cases) {
      const {data, exit} = await checkExports(resealed(change), undefined)
      expect(exit, what).to.equal(2)
      expect(data.findings.map(finding => finding.message.english).join('\n'), what).to.match(message)
    }
  })

  it('finds a record that breaks the schema, the order or the canonical form even when all hashes were made anew', async () => {
    const withLines = (change: (lines: string[]) => string[]) =>
      resealed((manifest, folder) => {
        const path = join(folder, 'digests.jsonl')
        const lines = change(readFileSync(path, 'utf8').trimEnd().split('\n'))
        const leaves = lines.map(line => ({
          leaf: hashing.leafHash(Buffer.from(line)),
          sample_id: (JSON.parse(line) as {sample_id: string}).sample_id,
        }))
        writeFileSync(path, `${lines.join('\n')}\n`)
        writeFileSync(join(folder, 'digests.leaves.jsonl'), leaves.map(leaf => `${JSON.stringify(leaf)}\n`).join(''))
        void manifest
      })
    const rules = async (folder: string): Promise<string[]> => {
      const {data} = await checkExports(folder, undefined)
      return data.findings
        .filter(({rule}) => rule !== 'file' && rule !== 'hash')
        .map(({rule, line}) => `${rule} ${line}`)
    }
    expect(
      await rules(withLines(lines => lines.with(2, (lines[2] ?? '').replace('"language":"ru"', '"language":7')))),
    ).to.deep.equal(['schema 3'])
    expect(await rules(withLines(([a = '', b = '', ...rest]) => [b, a, ...rest]))).to.deep.equal(['order 2'])
    expect(
      await rules(withLines(lines => lines.with(0, (lines[0] ?? '').replace('{"channel"', '{ "channel"')))),
    ).to.deep.equal(['canonical 1'])
  })

  it('finds a signature of another key, over another manifest, or none', async () => {
    const other = await writeKeyPair(join(lab.folder, `other-${count}`))
    const byOther = await checkExports(archive, other.public_key)
    expect(byOther.exit).to.equal(2)
    expect(byOther.data.findings[0]?.message).to.include('is not signed by the key').and.include(key.key_id)
    const unsigned = await checkExports(
      resealed(() => undefined),
      key.public_key,
    )
    expect(unsigned.data.findings[0]).to.include({rule: 'signature', message: 'is not signed'})
    const swapped = copy()
    const {manifest_sha256: _seal, ...manifest} = JSON.parse(
      readFileSync(join(swapped, 'manifest.json'), 'utf8'),
    ) as Manifest & {manifest_sha256: string}
    writeFileSync(join(swapped, 'manifest.json'), renderManifest({...manifest, run_id: 'another run'}, hashing.sha256))
    const vouched = await checkExports(swapped, key.public_key)
    expect(vouched.data.findings.map(({message}) => message)).to.include(
      'signs a manifest.json that differs from the one next to it',
    )
  })

  it('finds a tarball that holds something else than the folder', async () => {
    const folder = copy()
    const flags = {language: 'any', origin: 'any', runs: 2, 'min-samples': 1, until: '2024-11-05', from: '2024-11-04'}
    const smaller = openLaboratory()
    await fill(smaller.store, sampleDigests())
    const other = (await verifyExporters(smaller.runtime, flags)).data.archive?.folder ?? ''
    for (const name of ['evidence.tar.gz', 'evidence.tar.gz.sha256'])
      copyFileSync(join(other, name), join(folder, name))
    smaller.remove()
    const {data} = await checkExports(folder, undefined)
    expect(data.findings.map(({message}) => message)).to.include(
      'contains a digests.jsonl that differs from the one next to it',
    )
  })

  it('reads no file outside the folder, whatever a manifest says', async () => {
    const folder = resealed(manifest => Object.assign(manifest.exports[0]?.files[0] ?? {}, {name: '../key'}))
    const {data, exit} = await checkExports(folder, undefined)
    expect(exit).to.equal(2)
    expect(data.findings[0]).to.include({rule: 'manifest'})
    expect(data.findings[0]?.message).to.include('/exports/0/files/0/name')
  })

  it('completes an export that was killed while it was put in place, before it looks', async () => {
    const folder = join(lab.folder, 'killed')
    const flags = {language: 'any', origin: 'any', layout: 'ep23', output: folder}
    await runExporter(lab.runtime, 'digests', flags, {json: false})
    await runExporter(lab.runtime, 'digests', {...flags, output: `${folder}-new`, limit: 4}, {json: false})
    mkdirSync(join(folder, '.digests.ready'))
    for (const name of readdirSync(`${folder}-new`))
      copyFileSync(join(`${folder}-new`, name), join(folder, '.digests.ready', name))
    const {data, exit} = await checkExports(folder, undefined)
    expect(exit).to.equal(0)
    expect(data.manifests[0]?.exports[0]?.records_checked).to.equal(4)
  })

  it('says what it cannot check', async () => {
    mkdirSync(join(lab.folder, 'empty'), {recursive: true})
    writeFileSync(join(lab.folder, 'broken.tar.gz'), 'not a tarball')
    expect(await failure(checkExports(join(lab.folder, 'empty'), undefined))).to.include({
      code: 'EXPORT_NO_MANIFEST',
      exit: 65,
    })
    expect(await failure(checkExports(join(lab.folder, 'nowhere'), undefined))).to.include({exit: 64})
    expect(await failure(checkExports(join(lab.folder, 'key'), undefined))).to.include({exit: 64})
    expect(await failure(checkExports(join(lab.folder, 'broken.tar.gz'), undefined))).to.include({
      code: 'EXPORT_BAD_ARCHIVE',
      exit: 65,
    })
  })
})
