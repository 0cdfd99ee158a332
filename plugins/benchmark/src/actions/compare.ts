import {isBaseline, readBaseline} from '../adapters/baselines.js'
import {findRun} from '../adapters/runs-directory.js'
import {sourceHashes} from '../adapters/stored-run.js'
import type {ComparedSample, Comparison, Pairing} from '../domain/comparison.js'
import type {StoredRun} from '../domain/run-folder.js'
import {toComparedSamples} from '../usecases/compare/align-samples.js'
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

/** What changed from another run or baseline to this run. */
export async function compareWith(
  datasetDir: string,
  reference: string,
  found: StoredRun,
  pairing: Pairing,
): Promise<{result: Comparison; before: readonly ComparedSample[]}> {
  const before = await openComparable(datasetDir, reference)
  const result = compareRuns(before, await toComparable(found), {...COMPARE_DEFAULTS, pairing})
  return {result, before: before.samples}
}
