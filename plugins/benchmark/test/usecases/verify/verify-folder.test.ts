import {generateKeyPairSync} from 'node:crypto'
import {appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {inEnglish} from '@ep23/sdk/testing'
import {expect} from 'chai'
import {create, extract} from 'tar'

import {archiveRun} from '#src/actions/archive.js'
import {verifyReference} from '#src/actions/verify.js'
import {fileFacts} from '#src/adapters/run-archive.js'
import {hashText} from '#src/adapters/sha256.js'
import {sealsOf} from '#src/domain/hashes.js'
import {lexicalJudge} from '#src/adapters/offline-judges.js'
import {openStoredRun} from '#src/adapters/stored-run.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {depsIn, readResult, requestOf} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'

/** Of the ep23 that verifies, and of `depsIn`. */
const VERSION = '0.0.0'

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (value === null) return 'x'
  return Array.isArray(value) ? [...(value as unknown[]), 'x'] : {...value, added: 1}
}

/** Every value below a field as its path, leaves and containers alike. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [...(path.length > 0 ? [path] : []), ...below.flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
}

function changedAt<T>(root: T, path: readonly string[]): T {
  const copy = structuredClone(root)
  const parent = path.slice(0, -1).reduce((at, name) => at[name], copy as Record<string, any>)
  const last = path.at(-1) as string
  parent[last] = other(parent[last])
  return copy
}

describe('verifying the folder and the archive of a run', function () {
  this.timeout(60_000)
  let folder: string
  let changedFolder: string
  const run = () => join(folder, 'run')
  const verify = async (path: string, key?: string) =>
    (await verifyReference(path, {datasetDir: folder, version: VERSION, keyPath: key})).data
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-verify-'))
    changedFolder = join(folder, 'changed')
    await runBenchmark(depsIn(run()), requestOf(samplesOf(12), lexicalJudge()))
  })
  after(() => rmSync(folder, {recursive: true, force: true}))
  beforeEach(() => {
    rmSync(changedFolder, {recursive: true, force: true})
    cpSync(run(), changedFolder, {recursive: true})
  })

  it('finds a run as it was recorded', async () => {
    expect(await verify(run())).to.include({verified: true, first_difference: null})
  })

  it('names every field of run.json that was changed, added or taken away', async () => {
    const result = readResult(run()) as unknown as Record<string, unknown>
    const fields = pathsIn(result).filter(
      ([top, ...rest]) => top !== 'format_version' && !(top === 'seals' && rest.length === 0),
    )
    // Of the assessment, which is computed again as a whole, one branch of each part is enough.
    const tried = fields.filter(([top, ...rest]) => top !== 'assessment' || rest.length <= 2)
    expect(tried.map(path => path.join('.'))).to.include.members([
      'hardware.cpu',
      'dry_run',
      'stopped_early',
      'baseline',
      'attempts',
      'started_at',
      'dataset.by_channel.@habr',
      'dataset.proof.by',
      'require_calibration',
    ])
    for (const path of tried) {
      writeFileSync(join(changedFolder, 'run.json'), JSON.stringify(changedAt(result, path)))
      const told = await verify(changedFolder).then(
        found => JSON.stringify([found.first_difference, ...found.checks.map(({difference}) => difference)]),
        (error: Error) => error.message,
      )
      expect(told, path.join('.')).to.include(path[0] === 'seals' ? path[1] : path[0])
    }
    for (const changes of [{added: 1}, {hardware: undefined, baseline: undefined}]) {
      writeFileSync(join(changedFolder, 'run.json'), JSON.stringify({...result, ...changes}))
      const told = await verify(changedFolder).then(
        ({first_difference}) => first_difference,
        (error: Error) => error.message,
      )
      expect(told).to.match(/added|hardware/u)
    }
  })

  it('names a changed plan, a changed file and one that nobody wrote', async () => {
    const plan = JSON.parse(readFileSync(join(run(), 'plan.json'), 'utf8')) as Record<string, unknown>
    for (const field of ['run_id', 'started_at', 'attempts', 'spent_seconds']) {
      writeFileSync(join(changedFolder, 'plan.json'), JSON.stringify(changedAt(plan, [field])))
      expect((await verify(changedFolder)).first_difference, field).to.match(/plan\.json/u)
    }
    cpSync(join(run(), 'plan.json'), join(changedFolder, 'plan.json'))
    writeFileSync(join(changedFolder, 'notes.txt'), 'x')
    expect((await verify(changedFolder)).first_difference).to.equal("folder: notes.txt is none of the run's files")
    rmSync(join(changedFolder, 'notes.txt'))
    appendFileSync(join(changedFolder, 'scores.csv'), 'x')
    expect((await verify(changedFolder)).first_difference).to.match(/scores\.csv/u)
  })

  it('holds every number of another version against the run, and none of its words', async () => {
    await writtenBefore(run(), changedFolder)
    const path = join(folder, 'before.tar.gz')
    await archiveRun(await openStoredRun(changedFolder), {output: path, version: '0.0.9'})
    for (const place of [changedFolder, path]) {
      const found = await verify(place)
      expect(found, place).to.include({verified: true})
      expect(found.checks.map(({check}) => check))
        .to.include('scores.csv')
        .and.not.include.members(['report.md'])
      expect(inEnglish(found.notes)[0]).to.equal(
        'ep23 0.0.9 wrote the run, this is 0.0.0: every number was compared, the sentences and pages that tell them were not, as versions may word them differently',
      )
    }
    // A report of another version is not compared, and never in silence.
    await archiveRun(await openStoredRun(run()), {output: path, version: '0.0.9'})
    expect(inEnglish((await verify(path)).notes)).to.deep.equal([
      'report.html was written by ep23 0.0.9, this is 0.0.0: it was not written again and compared',
    ])
    const told = await archiveRun(await openStoredRun(run()), {output: path, version: VERSION})
    expect((await verify(told.path)).checks.map(({check}) => check)).to.include.members(['report.md', 'report.html'])

    await writtenBefore(run(), changedFolder, ({assessment}) => (assessment.gates[0].interval.estimate += 0.1))
    expect((await verify(changedFolder)).first_difference).to.match(
      /^assessment: assessment\.gates\.0\.interval\.estimate/u,
    )
  })

  it('tells who signed an archive, and what another key, another content or no signature means', async () => {
    const keys = Object.fromEntries(
      ['ours', 'theirs'].map(name => {
        const {privateKey, publicKey} = generateKeyPairSync('ed25519')
        writeFileSync(join(folder, name), privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600})
        writeFileSync(join(folder, `${name}.pub`), publicKey.export({type: 'spki', format: 'pem'}))
        return [name, join(folder, name)]
      }),
    )
    const found = await openStoredRun(run())
    const path = join(folder, 'signed.tar.gz')
    const {key_id} = await archiveRun(found, {output: path, version: VERSION, keyPath: keys['ours']})
    expect(key_id).to.match(/^[0-9a-f]{64}$/u)
    expect(await verify(path, `${keys['ours']}.pub`)).to.include({verified: true})
    expect(await verify(path)).to.include({verified: true})
    expect((await verify(path, `${keys['theirs']}.pub`)).first_difference).to.match(
      /^signature: is not signed by the key/u,
    )

    const unsigned = join(folder, 'unsigned.tar.gz')
    await archiveRun(found, {output: unsigned, version: VERSION})
    expect((await verify(unsigned, `${keys['ours']}.pub`)).first_difference).to.equal('signature: it is not signed')

    // Changed and packed again with hashes that fit: only the signature tells.
    const forged = join(folder, 'forged')
    cpSync(run(), forged, {recursive: true})
    const {archive_version, ...rest} = await manifestOf(unsigned)
    await extract({file: path, cwd: forged})
    writeFileSync(join(forged, 'archive.json'), JSON.stringify({...rest, archive_version}))
    const names = ['archive.json', 'archive.dsse.json', ...rest.files.map(({name}: {name: string}) => name)]
    await create({cwd: forged, gzip: true, file: join(folder, 'forged.tar.gz')}, names)
    expect((await verify(join(folder, 'forged.tar.gz'), `${keys['ours']}.pub`)).first_difference).to.equal(
      'signature: it vouches for another archive.json',
    )
  })

  /** A copy of a run whose writer had other words, and a change in it, sealed anew. */
  async function writtenBefore(from: string, to: string, change: (run: any) => void = () => undefined): Promise<void> {
    cpSync(from, to, {recursive: true})
    appendFileSync(join(to, 'report.md'), 'in other words')
    const {seals: _seals, ...rest} = readResult(from)
    const result = {...rest, ep23_version: '0.0.9'}
    for (const gate of result.assessment.gates) Object.assign(gate, {reason: `in other words: ${gate.reason}`})
    change(result)
    const files = await Promise.all(result.files.map(async ({name}) => fileFacts(to, name)))
    const unsealed = {...result, files: files.filter(facts => facts !== undefined)}
    writeFileSync(join(to, 'run.json'), JSON.stringify({...unsealed, seals: sealsOf(unsealed, hashText)}))
  }

  async function manifestOf(archive: string): Promise<Record<string, any>> {
    const place = mkdtempSync(join(folder, 'unpacked-'))
    await extract({file: archive, cwd: place})
    return JSON.parse(readFileSync(join(place, 'archive.json'), 'utf8')) as Record<string, any>
  }
})
