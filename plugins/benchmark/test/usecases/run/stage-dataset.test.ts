import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {canonicalLine, MerkleTree} from '@ep23/plugin-exporters'
import {expect} from 'chai'

import {recordedJudge} from '#src/adapters/offline-judges.js'
import {runBenchmark} from '#src/usecases/run/run-benchmark.js'

import {depsIn, readSamples, requestOf, SCORES} from '../../sample/run-parts.ts'
import {samplesOf} from '../../sample/samples.ts'

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

describe('the dataset of a run', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-run-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('stands there byte for byte with its hashes and root, whatever the lengths of its lines', async () => {
    // Around the sizes of the blocks that are encoded and written, and far above them.
    const lengths = [1, 20_000, 32_000, 43_000, 65_000, 130_000, 87_381, 262_143, 700_000, 3, 5]
    const text = (length: number): string =>
      'Ж🔥\u2028é'
        .repeat(Math.ceil(length / 5))
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/u, '')
    const samples = samplesOf(lengths.length, n => ({source_text: text(lengths[n] ?? 0)}))
    const {result} = await runBenchmark(depsIn(folder), requestOf(samples, recordedJudge(SCORES)))
    const lines = samples.map(sample => canonicalLine(sample))
    const written = readFileSync(join(folder, 'dataset.jsonl'))
    expect(sha256(written)).to.equal(sha256(lines.map(line => `${line}\n`).join('')))
    expect(result.files.find(({name}) => name === 'dataset.jsonl')).to.include({
      sha256: sha256(written),
      bytes: written.length,
    })
    expect(readSamples(folder).map(line => line.sample_sha256)).to.deep.equal(lines.map(sha256))
    const tree = new MerkleTree(sha256)
    for (const line of lines) tree.append(sha256(`\0${line}`))
    expect(result.dataset.merkle_root).to.equal(tree.root())
  })
})
