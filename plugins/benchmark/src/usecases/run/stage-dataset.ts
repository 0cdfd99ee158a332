import {badDataError, type JudgedSample, type StepReport} from '@ep23/sdk'

import {canonicalLine} from '@ep23/plugin-exporters'
import {checkSample} from '../../domain/check-sample.js'
import {MerkleRoot} from '../../domain/merkle-root.js'
import {RUN_FILES} from '../../domain/run-files.js'
import type {DatasetFacts} from '../../domain/run-result.js'
import type {RunDeps} from './run-deps.js'
import type {RunRequest} from './run-request.js'
import type {RunState} from './run-state.js'

/**
 * Copies the records into the run's folder as canonical lines and counts them: the run then stands on this copy, whatever
 * happens to the store.
 * @throws Ep23Error BENCHMARK_BAD_SAMPLE, BENCHMARK_NO_SAMPLES (65)
 */
export async function stageDataset(
  deps: RunDeps,
  request: RunRequest,
  state: RunState,
  report: StepReport,
): Promise<void> {
  const tally = new DatasetTally(deps, request)
  state.files.push(await deps.folder.write(RUN_FILES.dataset, tally.lines(report)))
  state.dataset = tally.facts()
  const {records, merkle_root: root} = state.dataset
  if (records === 0) {
    await deps.folder.remove(RUN_FILES.dataset)
    throw badDataError('BENCHMARK_NO_SAMPLES', `${request.dataset.location} has no ${request.dataset.exporter}`, [
      'ep23 dataset:seed fills the store',
      'name an exported file with --dataset FILE',
    ])
  }
  report.note(`${records} samples, root ${root.slice(0, 12)}`)
}

class DatasetTally {
  readonly #root: MerkleRoot
  readonly #ids = new Set<string>()
  readonly #byOrigin = {telegram: 0, synthetic: 0}
  readonly #byChannel: Record<string, number> = {}
  #leftOut = 0

  constructor(
    {sha256, signal}: RunDeps,
    private readonly request: RunRequest,
  ) {
    this.#root = new MerkleRoot(sha256)
    this.signal = signal
  }

  private readonly signal: AbortSignal

  async *lines(report: StepReport): AsyncGenerator<string> {
    const {dataset, limit = Infinity} = this.request
    for await (const {record, place} of dataset.records()) {
      this.signal.throwIfAborted()
      const sample = checkSample(record, place)
      if (this.#ids.size >= limit) {
        this.#leftOut += 1
        continue
      }
      this.#count(sample, place)
      const line = canonicalLine(sample)
      this.#root.add(line)
      report.advance(this.#ids.size, undefined, 'samples')
      yield `${line}\n`
    }
  }

  facts(): DatasetFacts {
    const {kind, location, exporter} = this.request.dataset
    return {
      kind,
      location,
      exporter,
      records: this.#ids.size,
      merkle_root: this.#root.root(),
      by_origin: this.#byOrigin,
      by_channel: this.#byChannel,
      left_out: this.#leftOut,
    }
  }

  #count({sample_id: id, channel, metadata}: JudgedSample, place: string): void {
    if (this.#ids.has(id))
      throw badDataError('BENCHMARK_BAD_SAMPLE', `${place}: sample_id ${id} stood there before`, [
        'every sample_id may stand once in a dataset',
      ])
    this.#ids.add(id)
    this.#byOrigin[metadata.origin] += 1
    this.#byChannel[channel] = (this.#byChannel[channel] ?? 0) + 1
  }
}
