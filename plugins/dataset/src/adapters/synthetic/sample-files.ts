import {dayOf, dayWindow, DEFAULT_ZONE, followingDay} from '../../domain/day-window.js'
import type {SourcePost} from '../../domain/posts.js'
import {syntheticPosts} from './synthetic-posts.js'

export interface SampleFile {
  /** Relative to the folder of the samples. */
  path: string
  content: string
}

/** Names that say what they are; their posts have no link, so none of them leads to a channel of Telegram. */
export const SAMPLE_CHANNELS = ['@sample_city', '@sample_dev', '@sample_news', '@sample_science', '@sample_tech']

const LAST_DAY = '2024-12-03'
// A day more than the dataset's window: a day is whole in a file that goes on after it.
const WINDOW = {until: followingDay(LAST_DAY), days: 31, zone: DEFAULT_ZONE}
const SEED = 7
/** Every tenth post is asked for by its headline. */
const QUERY_EVERY = 10
const FIRST_SETTINGS = 'retrieval.bm25.k1: [0.6, 0.9, 1.2]\nretrieval.bm25.b: [0.4, 0.75]\n'

/**
 * What a newcomer tries ep23 with: posts of five channels as files of JSON lines, and queries with the post that answers
 * each. All of it is invented and the same on every machine.
 */
export function sampleFiles(): SampleFile[] {
  const posts = new Map(SAMPLE_CHANNELS.map(channel => [channel, postsOf(channel)]))
  return [
    ...[...posts].map(([channel, own]) => ({path: `channels/${channel.slice(1)}.jsonl`, content: jsonLines(own)})),
    ...retrievalFiles([...posts.values()].flat()),
  ]
}

function postsOf(channel: string): SourcePost[] {
  const {days, zone} = dayWindow(WINDOW)
  return days.flatMap(day => syntheticPosts({channel, day, zone, seed: SEED}))
}

function jsonLines(posts: readonly SourcePost[]): string {
  return posts.map(({post_id: id, published_at: date, text}) => `${JSON.stringify({id, date, text})}\n`).join('')
}

function retrievalFiles(posts: readonly SourcePost[]): SampleFile[] {
  const stored = posts.filter(({published_at}) => dayOf(published_at, DEFAULT_ZONE) <= LAST_DAY)
  const asked = stored.filter((_, index) => index % QUERY_EVERY === 0)
  const queries = asked.map((post, index) => ({_id: `q${index + 1}`, text: headlineOf(post)}))
  const answers = asked.map((post, index) => `q${index + 1}\t@${post.channel.username ?? ''}/${post.post_id}\t1\n`)
  return [
    {path: 'retrieval/queries.jsonl', content: queries.map(query => `${JSON.stringify(query)}\n`).join('')},
    {path: 'retrieval/qrels.tsv', content: ['query-id\tcorpus-id\tscore\n', ...answers].join('')},
    {path: 'retrieval/space.yaml', content: FIRST_SETTINGS},
  ]
}

function headlineOf({text}: SourcePost): string {
  return /\*\*(?<headline>[^*]+)\*\*/u.exec(text)?.groups?.['headline'] ?? text
}
