import {hash} from 'node:crypto'

import {type Message} from '@ep23/sdk'

import {normalizeForMatching, words} from '../text/index.js'
import {plainText} from './plain-text.js'
import {message} from '../words/words.js'

/** Posts that two channels of a dataset both have: what is measured on them is not independent. */
export interface SharedPosts {
  channels: [string, string]
  posts: number
  /** Of the posts of the channel that has fewer, 0 to 1. */
  share: number
}

/** As a sentence for the user. */
export function sharedInWords({channels, posts, share}: SharedPosts): Message {
  const percent = share < 0.01 ? message('lessThanOne') : `${Math.round(share * 100)} %`
  return message('sharePosts', {first: channels[0], second: channels[1], posts, percent})
}

/** From this share of the smaller channel seed warns; the audit and `shared_posts` list single reposts, too. */
export const LEAST_SHARED_TO_WARN = 0.05

/** Shorter posts («Доброе утро!») are the same by chance. */
const FEWEST_WORDS = 8

/** Counts the posts that several channels have, whoever wrote them first; holds hashes, never texts. */
export class SharedPostTally {
  /** The first channel of each post, and all of one that several have. */
  readonly #first = new Map<string, string>()
  readonly #several = new Map<string, Set<string>>()
  readonly #posts = new Map<string, number>()

  /** @param text Telegram Markdown, as the source has it */
  add(channel: string, text: string): void {
    const plain = plainText(text)
    if (words(plain).length < FEWEST_WORDS) return
    const key = hash('sha256', normalizeForMatching(plain), 'base64').slice(0, 16)
    const first = this.#first.get(key)
    if (first === channel || this.#several.get(key)?.has(channel)) return
    this.#posts.set(channel, (this.#posts.get(channel) ?? 0) + 1)
    if (first === undefined) this.#first.set(key, channel)
    else this.#several.set(key, (this.#several.get(key) ?? new Set([first])).add(channel))
  }

  /** By pair of channels, the largest count first; the share is of the channel that has fewer posts. */
  pairs(): SharedPosts[] {
    const counts = new Map<string, number>()
    for (const channels of this.#several.values())
      for (const pair of pairsOf([...channels].sort())) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    const pairs = [...counts].map(([pair, posts]) => {
      const channels = pair.split(' ') as [string, string]
      const fewest = Math.min(...channels.map(channel => this.#posts.get(channel) ?? 0))
      return {channels, posts, share: posts / fewest}
    })
    return pairs.sort((a, b) => b.posts - a.posts || (a.channels.join() < b.channels.join() ? -1 : 1))
  }
}

function pairsOf(channels: readonly string[]): string[] {
  return channels.flatMap((one, index) => channels.slice(index + 1).map(other => `${one} ${other}`))
}
