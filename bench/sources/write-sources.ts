// Large source files for bench/read-sources.ts, made of the posts of real channels.
import {closeSync, openSync, readFileSync, readdirSync, writeSync} from 'node:fs'
import {join} from 'node:path'

export interface WrittenSource {
  title: string
  file: string
  /** 10^6 bytes. */
  megabytes: number
  /** Byte ranges of whole messages with the commas between them, as long as a string of V8 allows. */
  pieces: Array<[from: number, to: number]>
}

interface TelethonPost {
  message_id: number
  sender_id: number
  text: string
  date: string
  channel: string
  category: string
}

const MB = 1e6
// A character takes a byte or more, and a string has at most 2^29 - 24 of them.
const LARGEST_PIECE = 530 * MB
const WRITTEN_AT_ONCE = 4 * MB
const BOLD_OR_LINK = /\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:[^)\s]+)\)/gu

/** As the collectors write it: indented by four, newest first. */
export function writeTelethonArray(folder: string, samples: string, megabytes: number): WrittenSource {
  const posts = samplePosts(samples)
  const messages = repeated(posts, (post, round) => ({
    ...post,
    message_id: post.message_id + round * 100_000,
    date: `${isoSeconds(secondsOf(post, round))}+00:00`,
  }))
  const file = join(folder, 'telethon.json')
  return {title: 'Telethon array', ...writeArray(file, '[\n', '\n]\n', messages, 4, megabytes)}
}

/** As Telegram Desktop writes it: indented by one, each text twice, with its formatting as entities. */
export function writeDesktopExport(folder: string, samples: string, megabytes: number): WrittenSource {
  const posts = samplePosts(samples)
  const messages = repeated(posts, (post, round) => desktopMessage(post, round))
  const head = '{\n "name": "Bench",\n "type": "public_channel",\n "id": 1000724666,\n "messages": [\n'
  const file = join(folder, 'result.json')
  return {title: 'Telegram Desktop export', ...writeArray(file, head, '\n ]\n}', messages, 1, megabytes)}
}

function samplePosts(folder: string): TelethonPost[] {
  const files = readdirSync(folder).sort()
  return files.flatMap(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as TelethonPost[])
}

function* repeated(posts: TelethonPost[], change: (post: TelethonPost, round: number) => object): Generator<object> {
  for (let round = 0; ; round++) for (const post of posts) yield change(post, round)
}

function desktopMessage(post: TelethonPost, round: number): object {
  const seconds = secondsOf(post, round)
  const entities = entitiesOf(post.text)
  const parts = entities.map(entity => (entity.type === 'plain' ? entity.text : entity))
  return {
    id: post.message_id + round * 100_000,
    type: 'message',
    date: isoSeconds(seconds),
    date_unixtime: String(seconds),
    from: post.channel,
    from_id: `channel${-post.sender_id - 1e12}`,
    text: entities.length === 1 ? post.text : parts,
    text_entities: entities,
    reactions: [{type: 'emoji', count: 12, emoji: '🔥'}],
  }
}

// Each round is a day older, as far back as there are channels.
function secondsOf(post: TelethonPost, round: number): number {
  return Date.parse(post.date) / 1000 - (round % 3000) * 86_400
}

function isoSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}

function entitiesOf(text: string): Array<{type: string; text: string; href?: string}> {
  const entities: Array<{type: string; text: string; href?: string}> = []
  let done = 0
  for (const match of text.matchAll(BOLD_OR_LINK)) {
    const [whole, bold, label = '', href = ''] = match
    if (match.index > done) entities.push({type: 'plain', text: text.slice(done, match.index)})
    entities.push(bold === undefined ? {type: 'text_link', text: label, href: href} : {type: 'bold', text: bold})
    done = match.index + whole.length
  }
  if (done < text.length || done === 0) entities.push({type: 'plain', text: text.slice(done)})
  return entities
}

function writeArray(
  file: string,
  head: string,
  tail: string,
  messages: Iterable<object>,
  indent: number,
  size: number,
) {
  const handle = openSync(file, 'w')
  const pieces: Array<[number, number]> = []
  let at = writeSync(handle, head)
  let piece = at
  let waiting: string[] = []
  let length = 0
  for (const message of messages) {
    const text = JSON.stringify(message, undefined, indent)
    waiting.push(text)
    length += Buffer.byteLength(text) + 2
    const isLast = at + length >= size * MB
    const isPieceFull = at + length - piece > LARGEST_PIECE - WRITTEN_AT_ONCE
    if (!isLast && !isPieceFull && length < WRITTEN_AT_ONCE) continue
    at += writeSync(handle, waiting.join(',\n'))
    if (isLast || isPieceFull) pieces.push([piece, at])
    if (isLast) break
    at += writeSync(handle, ',\n')
    if (isPieceFull) piece = at
    waiting = []
    length = 0
  }
  at += writeSync(handle, tail)
  closeSync(handle)
  return {file, megabytes: at / MB, pieces}
}
