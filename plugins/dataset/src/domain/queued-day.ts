import type {QueuedWork} from '@ep23/sdk'

import type {DaySummary, DaySummaryInput, Summarizer} from './summarizer.js'

/** How a worker opens the summarizer, and who it must turn out to be: another model, prompt or server would write other digests. */
export interface DaySpec {
  /** As `--summarizer` names it. */
  summarizer: string
  facts: Readonly<Record<string, string | undefined>>
}

/** What a seeding puts into a queue: a day whose digest is to be written. Which run asks is no part of the question. */
export interface DayWork extends QueuedWork {
  kind: 'digest'
  facts: DaySpec['facts']
  input: SentDay
  spec: DaySpec
}

/** A digest, or why there is none. */
export type DayOutcome = {digest: DaySummary} | {failed: string}

type SentPost = Omit<DaySummaryInput['posts'][number], 'published_at'> & {published_at: string}

/** A day as it crosses a queue. */
export type SentDay = Omit<DaySummaryInput, 'posts'> & {posts: readonly SentPost[]}

export function sentDay(input: DaySummaryInput): SentDay {
  return {...input, posts: input.posts.map(post => ({...post, published_at: post.published_at.toISOString()}))}
}

export function receivedDay(day: SentDay): DaySummaryInput {
  return {...day, posts: day.posts.map(post => ({...post, published_at: new Date(post.published_at)}))}
}

/** What tells one summarizer's digests from another's. */
export function summarizerFacts({name, server}: Summarizer): DaySpec['facts'] {
  return {summarizer: name, server}
}
