import type {ChannelName} from '../../domain/channel.js'
import type {DatasetPolicy} from '../audit/dataset-policy.js'

/** Whether a source is the team's database, and no file. */
export function isDatabase(source: string): boolean {
  return /^mongodb(?:\+srv)?:\/\//u.test(source)
}

/** A file or folder of posts, or the team's database; `chat` picks one channel by title or id where a file holds several without usernames. */
export interface SeedSource {
  path: string
  chat?: string
}

export interface SeedChannel {
  name: ChannelName
  /** Where its posts are read from; none means that every day is a gap. */
  sources: readonly SeedSource[]
}

export interface SeedOptions {
  channels: readonly SeedChannel[]
  policy: DatasetPolicy
  /** Last day of the window, or `latest`: the last day that all sources cover whole. */
  until: string
  timeZone: string
  /** Zone of the sources' dates without an offset; absent: UTC where Telegram's API gave them, else `timeZone`. */
  sourceTimeZone?: string
  gaps: 'synthetic' | 'fail'
  /** Largest allowed share of synthetic digests, 0 to 1. */
  maxSyntheticShare: number
  /** Of the synthetic generator. */
  seed: number
  /** Write nothing, say what would be done. */
  plan: boolean
  /** Rewrite what stands in the window and remove the channels' documents outside it. */
  replace: boolean
  /** Keep the fine records of a partly bad file and put the bad ones into quarantine. */
  skipInvalid: boolean
}
