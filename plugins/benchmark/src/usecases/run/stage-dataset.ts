import {canonicalLine} from '@ep23/plugin-exporters'
import {badDataError, type JudgedSample, type StepReport, ownField} from '@ep23/sdk'

import {checkSample, type DatasetProof} from '../../domain/dataset-source.js'
import {HashPlaces} from '../../domain/hash-places.js'
import {MerkleRoot} from '../../domain/hashes.js'
import {RecordedJudges} from '../../domain/judge-signature.js'
import {type FileFacts, RUN_FILES} from '../../domain/run-folder.js'
import type {DatasetFacts} from '../../domain/run-result.js'
import {SharedNewsTally} from '../../domain/shared-news.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {message} from '../../words/words.js'

/** The records of a run as they were read. */
export interface CountedDataset {
  facts: DatasetFacts
  /** Who gave the scores that came with the dataset. */
  recordedJudges: RecordedJudges
}

/** The records of a run, in its own folder. */
export interface StagedDataset extends CountedDataset {
  file: FileFacts
}

interface Staging {
  report: StepReport
  /** Throws for records that the run is not for. */
  accept: (counted: CountedDataset) => void
}

/**
 * Copies the records into the run's folder as canonical lines and counts them: the run then stands on this copy, whatever
 * happens to the store. Records that are refused leave the copy of an earlier run in its place.
 * @throws Ep23Error BENCHMARK_BAD_SAMPLE, BENCHMARK_NO_SAMPLES (65), and what `accept` throws
 */
export async function stageDataset(
  deps: RunDeps,
  request: RunRequest,
  {report, accept}: Staging,
): Promise<StagedDataset> {
  const proof = await request.dataset.prove()
  assertProven(request, proof)
  const tally = new DatasetTally(deps, request)
  const counted = (): CountedDataset => ({facts: {...tally.facts(), proof}, recordedJudges: tally.recordedJudges})
  async function* accepted(): AsyncGenerator<Uint8Array> {
    yield* tally.lines(report)
    assertSome(request, counted().facts)
    accept(counted())
  }
  const file = await deps.folder.write(RUN_FILES.dataset, accepted())
  const staged = {...counted(), file}
  report.note(message('rootIs', {root: staged.facts.merkle_root.slice(0, 12)}))
  return staged
}

function assertSome({dataset: {location: place, exporter: what}}: RunRequest, {records}: DatasetFacts): void {
  if (records > 0) return
  throw badDataError('BENCHMARK_NO_SAMPLES', message('placeHasNo', {place, what}), [
    message('seedFillsStore'),
    message('nameExported'),
  ])
}

function assertProven({requireProof, dataset}: RunRequest, {by}: DatasetProof): void {
  if (!requireProof || by === 'manifest' || by === 'ep23') return
  throw badDataError('BENCHMARK_UNPROVEN', message('noManifestBehind', {location: dataset.location}), [
    message('exportWithManifest'),
    message('withoutProof'),
  ])
}

class DatasetTally {
  readonly #root: MerkleRoot
  readonly #ids: HashPlaces
  readonly #byOrigin = {telegram: 0, synthetic: 0, team: 0}
  readonly #byChannel: Record<string, number> = {}
  readonly #encoder = new LineEncoder()
  readonly recordedJudges = new RecordedJudges()
  readonly #sharedNews = new SharedNewsTally()
  private readonly signal: AbortSignal
  #leftOut = 0
  #facts: Omit<DatasetFacts, 'proof'> | undefined

  constructor(
    {sha256, signal}: RunDeps,
    private readonly request: RunRequest,
  ) {
    this.#root = new MerkleRoot(sha256)
    this.#ids = new HashPlaces(sha256)
    this.signal = signal
  }

  /** Each line, with its line feed, holds until the next one is asked for. */
  async *lines(report: StepReport): AsyncGenerator<Uint8Array> {
    const {dataset, limit = Infinity} = this.request
    for await (const {record, place} of dataset.records()) {
      this.signal.throwIfAborted()
      const sample = checkSample(record, place)
      if (this.#ids.size >= limit) {
        this.#leftOut += 1
        continue
      }
      this.#count(sample, place)
      this.recordedJudges.add(sample)
      const {leaf, withFeed} = this.#encoder.encode(canonicalLine(sample))
      this.#root.addLeaf(leaf)
      report.advance(this.#ids.size, undefined, 'samples')
      yield withFeed
    }
  }

  /** Once every line was read. */
  facts(): Omit<DatasetFacts, 'proof'> {
    this.#facts ??= this.#counted()
    return this.#facts
  }

  #counted(): Omit<DatasetFacts, 'proof'> {
    const {kind, location, exporter} = this.request.dataset
    return {
      kind,
      location,
      exporter,
      records: this.#ids.size,
      merkle_root: this.#root.root(),
      by_origin: this.#byOrigin,
      by_channel: this.#byChannel,
      shared_news: this.#sharedNews.pairs(),
      left_out: this.#leftOut,
    }
  }

  #count({sample_id: id, channel, metadata, source_text: source}: JudgedSample, place: string): void {
    if (this.#ids.add(id) !== undefined)
      throw badDataError('BENCHMARK_BAD_SAMPLE', message('sampleTwice', {place, id}), [message('sampleOnce')])
    this.#byOrigin[metadata.origin] += 1
    this.#sharedNews.add(channel, source)
    this.#byChannel[channel] = (ownField(this.#byChannel, channel) ?? 0) + 1
  }
}

const LEAF = 0x00
const LINE_FEED = 0x0a

/** Views of one encoded line; they hold until the next line is encoded. */
interface EncodedLine {
  /** With the prefix of a leaf of the Merkle tree (RFC 6962). */
  leaf: Uint8Array
  /** With its line feed. */
  withFeed: Uint8Array
}

/** Encodes each line once, for its leaf and for its file. */
class LineEncoder {
  readonly #encoder = new TextEncoder()
  #bytes = new Uint8Array(64 * 1024)

  encode(line: string): EncodedLine {
    // A UTF-16 unit becomes at most three bytes.
    const most = line.length * 3 + 2
    if (this.#bytes.length < most) this.#bytes = new Uint8Array(most * 2)
    const {written} = this.#encoder.encodeInto(line, this.#bytes.subarray(1))
    this.#bytes[0] = LEAF
    this.#bytes[written + 1] = LINE_FEED
    return {
      leaf: this.#bytes.subarray(0, written + 1),
      withFeed: this.#bytes.subarray(1, written + 2),
    }
  }
}
