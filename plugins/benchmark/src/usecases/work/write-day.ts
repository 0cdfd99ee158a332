import {type DayOutcome, type DayWork, receivedDay, type Summarizer} from '@ep23/plugin-dataset/summaries'

/** Writes the digest of one day as the seeding's own process would. @throws what that would meet */
export async function writeDay(summarizer: Summarizer, {input}: DayWork, signal: AbortSignal): Promise<DayOutcome> {
  try {
    return {digest: await summarizer.summarize(receivedDay(input), signal)}
  } catch (error) {
    if (!signal.aborted) throw error
    return {failed: 'the worker was stopped'}
  }
}
