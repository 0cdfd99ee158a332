import type {ChannelName} from './channel.js'
import type {CleanPost} from './posts.js'
import type {WrittenBy} from './provenance.js'

/** One channel's day: what a digest is written from. */
export interface DaySummaryInput {
  channel: ChannelName
  /** `YYYY-MM-DD` in `zone`. */
  day: string
  zone: string
  /** Oldest first, at least one. */
  posts: readonly CleanPost[]
  /** What invented the posts, when they are synthetic: the digest says so in its text. */
  generator?: string
}

export interface DaySummary {
  summary_markdown: string
  /** What really wrote it, with its version: `extractive-1`, or the model that the server says has answered. */
  llm_model: string
  /** What the answered requests to a model took; what has no server is measured by the caller's clock. */
  latency_seconds?: number
}

/** Port: whoever writes the digest of a day. */
export interface Summarizer {
  /** What was asked to write: part of the digest's source hash, so that another summariser means another digest. */
  readonly name: string
  /** Who it is, as the digest will say: known before anybody is asked, and paid. */
  readonly writer: WrittenBy
  /** The server that is asked, without credentials. */
  readonly server?: string
  /** How many days it may be asked for at once; the asking side keeps to it. */
  readonly concurrency: number
  summarize(input: DaySummaryInput, signal: AbortSignal): Promise<DaySummary>
}
