import {expect} from 'chai'
import * as fc from 'fast-check'

import {cut, readPieces, readText, type Outcome} from './reading.ts'

interface RandomPost {
  id: number
  time: number
  text: string
}

// What makes boundaries dangerous: characters of every UTF-8 length, quotes, backslashes, brackets, commas, line ends.
const nastyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\n',
      '\r\n',
      '\t',
      'я',
      '€',
      '😀',
      '👩‍👩‍👧',
      '\u2028',
      '\uFEFF',
    ),
    fc.string({unit: 'grapheme', maxLength: 3}),
  ),
  minLength: 1,
  maxLength: 60,
})
const posts = fc.array(
  fc.record<RandomPost>({
    id: fc.integer({min: 1, max: 2 ** 31}),
    time: fc.integer({min: 1_400_000_000, max: 1_800_000_000}),
    text: nastyText.filter(text => text.trim() !== '' && !text.includes('\0')),
  }),
  {maxLength: 8},
)
const places = fc.array(fc.nat(), {maxLength: 30})

/** How random posts are written in each format. */
const WRITERS = {
  'json array': (posts, escape) =>
    json(
      posts.map(post => ({message_id: post.id, date: iso(post), text: post.text})),
      escape,
    ),
  mtproto: (posts, escape) => json(posts.map(mtprotoMessage), escape),
  'telegram-desktop': (posts, escape) =>
    json({name: 'Канал', type: 'public_channel', id: 7, messages: posts.map(desktopMessage)}, escape),
  'json lines': (posts, escape) =>
    posts.map(post => json({id: post.id, date: iso(post), text: post.text}, escape, 0)).join('\r\n'),
  'web-preview': (posts, escape) =>
    posts.map(post => json({id: `chan/${post.id}`, datetime: iso(post), text: post.text}, escape, 0)).join('\n'),
  csv: posts => ['id;date;text', ...posts.map(post => `${post.id};${iso(post)};${quoted(post.text)}`)].join('\n'),
} satisfies Record<string, (posts: RandomPost[], escape: boolean) => string>

describe('the readers, over any split of the bytes', () => {
  for (const [title, write] of Object.entries(WRITERS)) {
    const format = title.split(' ')[0] as string

    it(`give the same posts, the written ones, from ${title}`, async () => {
      await fc.assert(
        fc.asyncProperty(posts, places, fc.boolean(), async (posts, places, escape) => {
          const bytes = Buffer.from(write(posts, escape))
          const {posts: read, invalid, problem} = await readPieces(format, cut(bytes, places))
          expect({invalid, problem}).to.deep.equal({invalid: [], problem: undefined})
          expect(read.map(post => [post.post_id, post.published_at.getTime() / 1000, post.text])).to.deep.equal(
            posts.map(post => [String(post.id), post.time, format === 'csv' ? post.text : post.text.toWellFormed()]),
          )
        }),
        {numRuns: 150},
      )
    })

    it(`find the same mistakes at the same places in damaged ${title}`, async () => {
      await fc.assert(
        fc.asyncProperty(posts, places, fc.nat(), fc.nat(255), async (posts, places, at, byte) => {
          const bytes = Buffer.from(write(posts, false))
          bytes[at % bytes.length] = byte
          expect(found(await readPieces(format, cut(bytes, places)))).to.deep.equal(
            found(await readText(format, bytes)),
          )
        }),
        {numRuns: 150},
      )
    })

    it(`find the same mistakes at the same places in ${title} that is cut short`, async () => {
      await fc.assert(
        fc.asyncProperty(posts, places, fc.nat(), async (posts, places, length) => {
          const bytes = Buffer.from(write(posts, false))
          const short = bytes.subarray(0, length % bytes.length)
          expect(found(await readPieces(format, cut(short, places)))).to.deep.equal(
            found(await readText(format, short)),
          )
        }),
        {numRuns: 100},
      )
    })
  }

  it('hold for a byte at a time', async () => {
    const text = '\uFEFF' + WRITERS['json array']([{id: 1, time: 1_500_000_000, text: '"\\😀я\n'}], false)
    const bytes = Buffer.from(text)
    const {posts} = await readPieces(
      'json',
      [...bytes].map(byte => Uint8Array.of(byte)),
    )
    expect(posts.map(post => post.text)).to.deep.equal(['"\\😀я\n'])
  })
})

// The raw text of a syntax error begins where it is found and ends where was read to: all else is to agree.
function found({posts, invalid, problem, tally}: Outcome): unknown {
  return {posts, invalid, tally, reason: problem?.reason, line: problem?.place.line, record: problem?.place.record}
}

function json(value: unknown, escape: boolean, indent = 1): string {
  const text = JSON.stringify(value, undefined, indent)
  return escape ? text.replaceAll(/[^\0-~]/gu, escaped) : text
}

function escaped(char: string): string {
  return char.replaceAll(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function iso({time}: RandomPost): string {
  return new Date(time * 1000).toISOString()
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function mtprotoMessage(post: RandomPost): object {
  return {
    _: 'Message',
    id: post.id,
    peer_id: {_: 'PeerChannel', channel_id: 7},
    date: iso(post),
    message: post.text,
    entities: [],
  }
}

function desktopMessage(post: RandomPost): object {
  const parts = [post.text.slice(0, 3), {type: 'hashtag', text: post.text.slice(3)}, '']
  // A cut within a surrogate pair would be two lone halves, which no export can hold.
  const text = post.text.slice(0, 3).isWellFormed() ? parts : post.text
  return {id: post.id, type: 'message', date: '2020-01-01T00:00:00', date_unixtime: String(post.time), text}
}
