import {badDataError, type WorkQueue} from '@ep23/sdk'

import {type DayOutcome, type DayWork, sentDay, summarizerFacts} from '../../domain/queued-day.js'
import type {DaySummary, DaySummaryInput, Summarizer} from '../../domain/summarizer.js'
import {message} from '../../words/words.js'

interface QueueParts {
  queue: WorkQueue
  /** As `--summarizer` names it. */
  name: string
  /** Days that all workers together may write at once. */
  concurrency: number
  traceparent: () => string
}

/** Days that wait in the queue beside those that are written: what keeps workers busy while results travel. */
const WAITING = 16

/** Lets workers write the digests that the summarizer would write here. */
export function queuedSummarizer(own: Summarizer, {queue, name, concurrency, traceparent}: QueueParts): Summarizer {
  const facts = summarizerFacts(own)
  const askFor = (input: DaySummaryInput): DayWork => ({
    ...{kind: 'digest', facts, input: sentDay(input)},
    spec: {summarizer: name, facts},
    traceparent: traceparent(),
  })
  return {
    ...own,
    concurrency: concurrency + WAITING,
    async summarize(input, signal) {
      const outcome = await queue.ask(askFor(input), {signal, noMore: signal, isPassing: isFailed})
      signal.throwIfAborted()
      return digestOf(outcome as DayOutcome | undefined, input)
    },
  }
}

function isFailed(outcome: unknown): boolean {
  return !('digest' in (outcome as DayOutcome))
}

/** @throws Ep23Error DATASET_DAY_GIVEN_UP (65): of this day alone */
function digestOf(outcome: DayOutcome | undefined, {channel, day}: DaySummaryInput): DaySummary {
  if (outcome && 'digest' in outcome) return outcome.digest
  const reason = outcome?.failed ?? ''
  throw badDataError('DATASET_DAY_GIVEN_UP', message('dayGivenUp', {channel, day, reason}), [message('seedMissing')])
}
