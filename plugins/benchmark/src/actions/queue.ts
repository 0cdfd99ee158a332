import type {CommandResult} from '@ep23/sdk'

import {drainQueue, type QueueState, readQueueState} from '../adapters/queue/queue-state.js'

/** What `benchmark:queue:drain --json` tells. */
export interface DrainReport {
  removed: number
  state: QueueState
}

export async function showQueue(url: string): Promise<CommandResult<QueueState>> {
  const state = await readQueueState(url)
  return {data: state, text: [stateText(state)]}
}

export async function emptyQueue(url: string): Promise<CommandResult<DrainReport>> {
  const {removed, state} = await drainQueue(url)
  return {data: {removed, state}, text: [`Removed ${removed} questions and results.`, stateText(state)]}
}

function stateText({queue, workers, waiting, active, completed, failed, concurrency, rate}: QueueState): string {
  const limits = [
    ...(concurrency === null ? [] : [`at most ${concurrency} at once`]),
    ...(rate === null ? [] : [`at most ${rate} a second`]),
  ]
  const counts = `${workers} workers, ${waiting} waiting, ${active} active, ${completed} done, ${failed} failed`
  return [`${queue}: ${counts}`, ...limits].join(', ')
}
