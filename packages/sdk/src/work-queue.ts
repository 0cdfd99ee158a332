import type {Text} from './messages.js'

/** One question for workers on any machine, with all that is needed to answer it as who asks would. No secret is in it. */
export interface QueuedWork {
  /** What is asked for; a worker knows its kinds. */
  kind: string
  /** W3C trace context of who asks. */
  traceparent: string
}

/** How long an answer is wanted. */
export interface Until<Outcome> {
  signal: AbortSignal
  /** Aborted when what nobody has begun is to be taken back. */
  noMore: AbortSignal
  /** Tells of the result of an earlier attempt that it is worth asking again. */
  isPassing: (outcome: Outcome) => boolean
}

/** Port: a queue of questions that workers answer, as who asks sees it. */
export interface WorkQueue<Work extends QueuedWork = QueuedWork, Outcome = unknown> {
  /**
   * Puts a question into the queue and follows it to its result, whatever becomes of workers and connection meanwhile. The same
   * question is there once: one that an earlier attempt left is taken over.
   * @returns undefined for what was taken back before a worker began it
   * @throws Ep23Error QUEUE_AWAY (75) when the queue is unreachable for too long, and what a worker met that would end who asks
   */
  ask(work: Work, until: Until<Outcome>): Promise<Outcome | undefined>
  /** Questions that all workers together may work on at once, from now on. */
  resize(concurrency: number): void
  close(): Promise<void>
}

export interface FollowOptions {
  /** Questions that all workers together may work on at once. */
  concurrency: number
  /** Most questions that all workers together begin in a second. */
  rate: number | undefined
  /** Called once when nobody takes anything from the queue. */
  warn: (sentence: Text) => void
}

/** Port: opens queues by their address. @throws Ep23Error USAGE (64), QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77) */
export type FollowQueue = (url: string, options: FollowOptions) => Promise<WorkQueue>
