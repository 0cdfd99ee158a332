import {type CommandResult, joined, type Message} from '@ep23/sdk'

import {drainQueue, type QueueState, readQueueState} from '../adapters/queue/queue-state.js'
import {message} from '../words/words.js'

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
  return {data: {removed, state}, text: [message('removedQuestions', {removed}), stateText(state)]}
}

function stateText({queue, workers, waiting, active, completed, failed, concurrency, rate}: QueueState): Message {
  const limits = [
    ...(concurrency === null ? [] : [message('atMostAtOnce', {tasks: concurrency})]),
    ...(rate === null ? [] : [message('atMostASecond', {tasks: rate})]),
  ]
  const counts = message('queueState', {queue, workers, waiting, active, completed, failed})
  return joined([counts, ...limits])
}
