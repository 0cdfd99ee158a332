import {join} from 'node:path'

import type {StepReport} from '@ep23/sdk'

import {RUN_FILES} from '../../../domain/run-files.js'
import {Judging} from './judging.js'
import type {RunDeps} from '../run-deps.js'
import type {RunRequest} from '../run-request.js'
import {type RunState, settled} from '../run-state.js'
import {tasksOf} from './tasks.js'

/**
 * Judges what the journal does not hold yet. Every judgement is in the journal as soon as it stands; a limit that is reached, or
 * Ctrl-C, lets the judgements under way end and asks for no more.
 */
export async function judgeSamples(
  deps: RunDeps,
  request: RunRequest,
  state: RunState,
  report: StepReport,
): Promise<void> {
  await request.judge.begin?.({path: join(deps.folder.path, RUN_FILES.dataset), signal: deps.signal})
  // Only what is written while it runs counts.
  await deps.folder.remove(RUN_FILES.concurrency)
  const judging = new Judging(deps, request, state, report)
  try {
    for await (const task of tasksOf(deps, request, settled(state, 'sampleHashes'))) {
      if (judging.isOver()) break
      await judging.begin(task)
    }
  } finally {
    await judging.end()
  }
  const stopped = judging.stopped()
  if (stopped !== undefined) state.stopped = stopped
}
