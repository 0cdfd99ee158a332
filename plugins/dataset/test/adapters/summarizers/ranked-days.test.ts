import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

import {expect} from 'chai'

import {rankPosts} from '#src/adapters/summarizers/rank-posts.js'
import {readPost} from '#src/adapters/summarizers/read-post.js'
import {postsForDigest, type CleanPost, type SourcePost} from '#src/domain/posts.js'
import {dayOf} from '#src/domain/day-window.js'
import {cleanPosts} from '#src/usecases/clean-posts.js'
import {cannotRun} from '../../../../../test/helpers/live-test.ts'
import {ZONE} from '../../sample/channels.ts'

const DATA = new URL('../../../../../../shared/data/telegram/', import.meta.url)
const OPENING = 3

/** The three posts that a reader would open the day with, the first one first: chosen before any ranking was looked at. */
interface RankedDay {
  channel: string
  day: string
  top: string[]
}

const DAYS: RankedDay[] = readFileSync(new URL('fixtures/hand-ranked-days.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(row => row.split('\t'))
  .map(([channel = '', day = '', top = '']) => ({channel, day, top: top.split(' ')}))

interface Message {
  message_id?: number
  id?: number
  text?: string
  message?: string | null
  date: string
}

function readMessages(channel: string): Message[] {
  if (channel === 'vysshee_obrazovanie')
    return JSON.parse(
      gunzipSync(readFileSync(new URL('mtproto-raw/vysshee_obrazovanie.channel_messages.json.gz', DATA))).toString(),
    ) as Message[]
  const folder = new URL('telethon-lite/', DATA)
  const file = readdirSync(folder).find(name => name.startsWith(`${channel}.`)) ?? ''
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Message[]
}

const cleaned = new Map<string, Map<string, CleanPost[]>>()

function postsOf({channel, day}: RankedDay): CleanPost[] {
  const known = cleaned.get(channel) ?? cleanChannel(channel)
  cleaned.set(channel, known)
  return postsForDigest(known.get(day) ?? [])
}

function cleanChannel(channel: string): Map<string, CleanPost[]> {
  const posts = readMessages(channel).flatMap(({message_id, id, text, message, date}): SourcePost[] => {
    const written = text ?? message ?? ''
    const source = {username: channel}
    return written === ''
      ? []
      : [{channel: source, post_id: String(message_id ?? id), published_at: new Date(date), text: written}]
  })
  return cleanPosts(
    Map.groupBy(posts, ({published_at}) => dayOf(published_at, ZONE)),
    `@${channel}`,
  ).byDay
}

type Order = (posts: readonly CleanPost[]) => readonly CleanPost[]

/** Share of the reader's three among the first three, and the mean reciprocal rank of the reader's first. */
function measure(days: readonly RankedDay[], order: Order): {share: number; reciprocalRank: number} {
  let hits = 0
  let reciprocal = 0
  for (const day of days) {
    const ids = order(postsOf(day)).map(({post_id}) => post_id)
    hits += ids.slice(0, OPENING).filter(id => day.top.includes(id)).length / OPENING
    const rank = ids.indexOf(day.top[0] ?? '')
    reciprocal += rank === -1 ? 0 : 1 / (rank + 1)
  }
  return {share: hits / days.length, reciprocalRank: reciprocal / days.length}
}

const byNewsValue: Order = posts => rankPosts(posts.map(readPost), posts.length).map(({read}) => read.post)
const asPublished: Order = posts => posts

describe('forty days that a reader has ranked', () => {
  // Weights were set on the days with even places; the others were not looked at.
  const heldOut = DAYS.filter((_, index) => index % 2 === 1)

  before(function () {
    if (!existsSync(DATA)) cannotRun(this, 'the ranking of real days', `put them into ${DATA}`)
  })

  it('are forty, of seven channels', () => {
    expect(DAYS).to.have.length(40)
    expect(new Set(DAYS.map(({channel}) => channel)).size).to.equal(7)
  })

  it('open much as that reader would open them, also the half that was held out', () => {
    for (const days of [DAYS, heldOut]) {
      const {share, reciprocalRank} = measure(days, byNewsValue)
      expect(share).to.be.above(0.5)
      expect(reciprocalRank).to.be.above(0.65)
    }
  })

  it('open far better than in the order of publication', () => {
    const ranked = measure(heldOut, byNewsValue)
    const published = measure(heldOut, asPublished)
    expect(ranked.share).to.be.above(1.5 * published.share)
    expect(ranked.reciprocalRank).to.be.above(1.5 * published.reciprocalRank)
  })
})
