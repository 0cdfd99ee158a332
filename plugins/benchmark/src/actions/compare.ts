import {isBaseline, readBaseline} from '../adapters/baselines.js'
import {findRun} from '../adapters/runs-directory.js'
import {sourceHashes} from '../adapters/stored-run.js'
import type {ComparedSample, Comparison, Pairing} from '../domain/comparison.js'
import type {StoredRun} from '../domain/run-folder.js'
import {alignSamples, toComparedSamples} from '../usecases/compare/align-samples.js'
import {type ComparableRun, COMPARE_DEFAULTS, compareRuns} from '../usecases/compare/compare-runs.js'

/** A baseline of that name, otherwise a run. @throws Ep23Error of `readBaseline` and `findRun` */
export async function openComparable(datasetDir: string, reference: string): Promise<ComparableRun> {
  if (!(await isBaseline(datasetDir, reference))) return toComparable(await findRun(datasetDir, reference))
  const {head, samples} = await readBaseline(datasetDir, reference)
  const sources = samples.flatMap(({sample_id, source_sha256}) =>
    source_sha256 === null ? [] : [[sample_id, source_sha256] as const],
  )
  return {name: head.name, run: head.run, samples: toComparedSamples(samples, new Map(sources))}
}

export async function toComparable({run, samples, records}: StoredRun): Promise<ComparableRun> {
  const sources = await sourceHashes(records())
  return {name: run.run_id, run, samples: toComparedSamples(await Array.fromAsync(samples()), sources)}
}

/** What changed from another run or baseline to this run, and the counterparts of its samples, by their ids. */
export async function compareWith(
  datasetDir: string,
  reference: string,
  found: StoredRun,
  pairing: Pairing,
): Promise<{result: Comparison; counterparts: Map<string, ComparedSample>}> {
  const [before, after] = [await openComparable(datasetDir, reference), await toComparable(found)]
  const result = compareRuns(before, after, {...COMPARE_DEFAULTS, pairing})
  return {result, counterparts: counterpartsOf(before.samples, after.samples, pairing)}
}

// Days are paired by their order; otherwise the pair has the same id, and what it was made of is the comparison's affair.
function counterpartsOf(
  before: readonly ComparedSample[],
  after: readonly ComparedSample[],
  pairing: Pairing,
): Map<string, ComparedSample> {
  if (pairing !== 'day') return new Map(before.map(sample => [sample.sample_id, sample]))
  return new Map(alignSamples(before, after, 'day').pairs.map(pair => [pair.after.sample_id, pair.before]))
}
