import {whereStored, type Runtime, type Store} from '@ep23/sdk'

import {latestFolder, readResult} from '../adapters/tuning-folder.js'
import type {TuningResult} from '../domain/tuning-result.js'
import type {PastTuning} from '../usecases/report/report-source.js'

const LATEST = 'latest'

/**
 * The result of a finished tuning run.
 * @param run its folder, its name in `.ep23/rag-tune`, or `latest`
 * @throws Ep23Error USAGE (64) when there is none, RAG_RESULT_UNREADABLE (65) for something else
 */
export async function readRun({store}: Runtime, run: string): Promise<TuningResult> {
  if (run !== LATEST) return readResult(run)
  const folders = await Array.fromAsync(storedRuns(store), ({facts: {rag_tune}}) => rag_tune.folder)
  return readResult(await latestFolder(folders))
}

interface TuningRun {
  run_id: string
  finished_at: Date
  facts: {rag_tune: Pick<PastTuning, 'quality' | 'variance_ratio'> & {folder: string}}
}

/** Finished tuning runs that the store remembers, oldest first. */
export async function pastTunings({store}: Runtime): Promise<PastTuning[]> {
  return Array.fromAsync(storedRuns(store), ({run_id, finished_at, facts: {rag_tune}}) => ({
    run_id,
    finished_at: finished_at.toISOString(),
    quality: rag_tune.quality,
    variance_ratio: rag_tune.variance_ratio,
  }))
}

function storedRuns(store: Store): AsyncIterable<TuningRun> {
  const filter = {command: 'rag:tune', 'facts.rag_tune.folder': {$ne: null}}
  return whereStored(store.collection<TuningRun>('ep23_runs').find(filter, {sort: {finished_at: 1, run_id: 1}}))
}
