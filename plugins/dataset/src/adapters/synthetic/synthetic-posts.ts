import {startOfDay} from '../../domain/day-window.js'
import type {SourcePost} from '../../domain/posts.js'
import {channelKind, TOPICS, VOCABULARY} from './channel-kinds.js'
import type {Story} from './pack.js'
import {randomOf, type RandomChoices} from './random.js'
import {tellStory} from './tell-story.js'

export const SYNTHETIC_GENERATOR = 'ru-grammar-1'

const MINUTE = 60_000
const DAY = 86_400_000
const FEWEST_POSTS = 4
const MOST_POSTS = 7
// Posts come between 7:00 and 22:59 by the local clock.
const FIRST_MINUTE = 7 * 60
const LAST_MINUTE = 23 * 60 - 1

export interface SyntheticDay {
  /** `@name` */
  channel: string
  /** `YYYY-MM-DD` in `zone` */
  day: string
  zone: string
  seed: number
}

/** What a document made from such posts says of its generator: `ru-grammar-1 seed=23`. */
export function generatorOf(seed: number): string {
  return `${SYNTHETIC_GENERATOR} seed=${seed}`
}

/**
 * Invented Russian posts of one day, oldest first: neutral news of towns, companies and people that do not exist. They
 * depend on channel, day, zone and seed alone, so that days may be made in any order and on any machine, byte for byte the
 * same. Their numbers are not Telegram's (`20241104-1`) and they have no link: nothing can be taken for a real post.
 */
export function syntheticPosts({channel, day, zone, seed}: SyntheticDay): SourcePost[] {
  const random = randomOf(SYNTHETIC_GENERATOR, seed, channel, day)
  const stories = storiesOfDay(channel, day, seed).slice(0, random.integer(FEWEST_POSTS, MOST_POSTS))
  const times = publicationTimes(day, zone, stories.length, random)
  const source = {username: channel.slice(1)}
  return stories.map((story, index) => ({
    channel: source,
    post_id: `${day.replaceAll('-', '')}-${index + 1}`,
    published_at: times[index] as Date,
    text: writePost(story, random),
  }))
}

// The channel's stories have an order of their own, and each day takes the next ones: none comes again before nearly all
// others were told. Every round begins one further, so that the same stories do not meet again.
function storiesOfDay(channel: string, day: string, seed: number): Story[] {
  const stories = TOPICS[channelKind(channel)].flatMap(pack => pack.stories)
  const order = randomOf(SYNTHETIC_GENERATOR, seed, channel, 'order of stories').shuffle(stories)
  const first = (Date.parse(day) / DAY) * MOST_POSTS
  return Array.from({length: MOST_POSTS}, (_, index) => {
    const place = first + index
    return order[(place + Math.floor(place / order.length)) % order.length] as Story
  })
}

function publicationTimes(day: string, zone: string, count: number, random: RandomChoices): Date[] {
  const midnight = startOfDay(day, zone).getTime()
  const minutes = new Set<number>()
  while (minutes.size < count) minutes.add(random.integer(FIRST_MINUTE, LAST_MINUTE))
  return [...minutes].sort((a, b) => a - b).map(minute => new Date(midnight + minute * MINUTE))
}

/** Telegram Markdown: a bold headline, then the sentences in one or two paragraphs. */
function writePost(story: Story, random: RandomChoices): string {
  const {title, sentences} = tellStory(story, VOCABULARY, random)
  const kept = sentences.length > 3 && random.integer(0, 2) === 0 ? withoutOne(sentences, random) : sentences
  const breakAt = random.integer(1, kept.length)
  const paragraphs = [kept.slice(0, breakAt), kept.slice(breakAt)].filter(part => part.length > 0)
  return [`**${title}**`, ...paragraphs.map(part => part.join(' '))].join('\n\n')
}

// The first sentence stays: it says what happened.
function withoutOne(sentences: readonly string[], random: RandomChoices): string[] {
  const dropped = random.integer(1, sentences.length - 1)
  return sentences.filter((_, index) => index !== dropped)
}
