import type {Clock} from '@ep23/sdk'

/** An answer serves for so many times what making it took, so that callers together take a fifth of the time at most. */
const REUSED_FOR = 4

/**
 * Many callers, one piece of work: who comes while it runs waits for it, and who comes shortly after it gets the same.
 * A scraper that comes every few seconds always gets an answer of its own. What fails is not kept.
 */
export function shareAnswers<Answer>(
  clock: Pick<Clock, 'monotonic'>,
  make: () => Promise<Answer>,
): () => Promise<Answer> {
  let running: Promise<Answer> | undefined
  let last: {answer: Answer; until: number} | undefined

  async function makeOne(): Promise<Answer> {
    const from = clock.monotonic()
    const answer = await make()
    const now = clock.monotonic()
    last = {answer, until: now + REUSED_FOR * (now - from)}
    return answer
  }

  return async () => {
    if (last && clock.monotonic() < last.until) return last.answer
    running ??= makeOne().finally(() => (running = undefined))
    return running
  }
}
