import {readdirSync, readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

import {expect} from 'chai'

import {readSource} from '#src/adapters/sources/read-source.js'
import {dayOf} from '#src/domain/day-window.js'
import type {SourcePost} from '#src/domain/posts.js'
import {all, dataPath, describeOnData, rejection} from './reading.ts'

interface TelethonRecord {
  message_id: number
  sender_id: number
  text: string
  date: string
  channel: string
}

// Counted by hand in the data's README: posts, days with posts (UTC), posts and days in 2024-11-04..2024-12-03.
const CHANNELS: Record<string, [posts: number, days: number, inWindow: number, daysInWindow: number]> = {
  naked_science: [967, 139, 238, 30],
  habr: [944, 84, 333, 30],
  proglib: [719, 276, 83, 30],
  proglib_python: [752, 293, 76, 30],
  proglib_go: [1000, 482, 63, 30],
  moscowach: [1000, 77, 429, 30],
  moskva_live: [1000, 64, 523, 30],
  kanal_112: [1000, 190, 114, 29],
  bbc_russian: [905, 27, 895, 26],
  ria_novosti: [1000, 9, 943, 8],
}

describeOnData('the readers on real sources', () => {
  for (const [channel, counts] of Object.entries(CHANNELS))
    it(`read ${channel} as JSON.parse does, with the counts of its README`, async () => {
      const path = telethonPath(channel)
      const reading = readSource(path)
      const posts = await all(reading)
      expect(posts).to.deep.equal(plainlyParsed(path))
      expect(countsOf(posts)).to.deep.equal(counts)
      expect(reading.tally).to.deep.include({
        posts: counts[0],
        withoutText: 0,
        service: 0,
        invalid: 0,
        skippedChats: [],
      })
    })

  it('read the raw MTProto dump: 428 posts of 126 days, formatting written out', async () => {
    const posts = await all(readSource(mtprotoPath()))
    expect([posts.length, daysOf(posts).size]).to.deep.equal([428, 126])
    expect(posts.filter(post => post.forwarded_from !== undefined)).to.have.lengthOf(71)
    expect(posts[0]).to.deep.include({channel: {id: '1159659895'}, post_id: '1063'})
    expect(posts[0]?.text).to.match(
      /^\*\*Глава Башкирии \*\*\[сообщил\]\(https:\/\/regnum\.ru\/news\/economy\/3465367\.html\)\*\*, кто станет/u,
    )
  })

  it('leave no trace of the formatting but the marks: without them the MTProto texts are the raw ones', async () => {
    const posts = await all(readSource(mtprotoPath()))
    const raw = JSON.parse(gunzipSync(readFileSync(mtprotoPath())).toString()) as Array<{message: string}>
    const differing = posts.filter((post, index) => bare(post.text) !== bare(raw[index]?.message ?? ''))
    expect(differing.map(post => post.post_id)).to.deep.equal([])
  })

  it('read the web preview: 337 records, 8 of them without text', async () => {
    const reading = readSource(dataPath('telegram', 'web-posts', 'legal_channels_gappy.jsonl.gz'))
    const posts = await all(reading)
    expect(reading.tally).to.deep.include({posts: 329, withoutText: 8})
    expect(tallyBy(posts, post => post.channel.username)).to.include({sudpraktik: 89, vs_court: 28, tgnspau: 9})
    expect(posts[0]?.url).to.equal('https://t.me/Compliance_Practice/2960')
  })

  it('read the Telegram Desktop exports of channels', async () => {
    const tiny = readSource(desktopPath('ru_public_channel_tiny'))
    const [post] = await all(tiny)
    expect(tiny.tally).to.deep.include({posts: 1, withoutText: 5})
    expect(post).to.deep.include({post_id: '3858', published_at: new Date('2026-06-19T11:26:50Z')})
    expect(post?.text).to.equal(
      'Очень странные дела (S1 E1-5)\n\n📹 [ТВИЧ](https://www.twitch.tv/guz3lka) | 💳 [БУСТИ](https://boosty.to/guzelka_games)' +
        ' | 💬 [ТЕЛЕГА](http://t.me/papapachuca)\n\n#КиноСтрим #ОСД',
    )
    const large = readSource(desktopPath('en_ar_public_channel'))
    const posts = await all(large)
    expect(large.tally).to.deep.include({posts: 157, withoutText: 51, service: 5})
    expect(posts.filter(each => each.forwarded_from !== undefined)).to.have.lengthOf.above(0)
  })

  for (const [file, what] of [
    ['schema_coverage_personal_chat', 'a private chat (personal_chat)'],
    ['schema_coverage_group', 'a private group (private_group)'],
  ] as const)
    it(`refuse ${file} because it is ${what}`, async () => {
      const error = await rejection(all(readSource(desktopPath(file))))
      expect(error).to.include({code: 'SOURCE_INVALID', exit: 65})
      expect(error?.message).to.include(`${file}.result.json: refused: this is ${what}, only channels are read`)
    })

  it('read a folder file after file, by name', async () => {
    const posts = await all(readSource(dataPath('telegram', 'telethon-lite')))
    const files = readdirSync(dataPath('telegram', 'telethon-lite')).sort()
    expect([...new Set(posts.map(post => post.channel.id))]).to.deep.equal(
      files.map(file => file.split('.')[1]?.slice(3).replace(/_.*/u, '')),
    )
    expect(posts).to.have.lengthOf(9287)
  })
})

function telethonPath(channel: string): string {
  const folder = dataPath('telegram', 'telethon-lite')
  return dataPath(
    'telegram',
    'telethon-lite',
    readdirSync(folder).find(file => file.startsWith(`${channel}.`)) ?? channel,
  )
}

function mtprotoPath(): string {
  return dataPath('telegram', 'mtproto-raw', 'vysshee_obrazovanie.channel_messages.json.gz')
}

function desktopPath(name: string): string {
  return dataPath('telegram', 'desktop-export', `${name}.result.json`)
}

function plainlyParsed(path: string): SourcePost[] {
  const records = JSON.parse(readFileSync(path, 'utf8')) as TelethonRecord[]
  return records.map(record => ({
    channel: {title: record.channel, id: String(record.sender_id).replace('-100', '')},
    post_id: String(record.message_id),
    published_at: new Date(record.date),
    text: record.text,
  }))
}

function countsOf(posts: SourcePost[]): number[] {
  const inWindow = posts.filter(({published_at}) => {
    const day = dayOf(published_at, 'UTC')
    return day >= '2024-11-04' && day <= '2024-12-03'
  })
  return [posts.length, daysOf(posts).size, inWindow.length, daysOf(inWindow).size]
}

function daysOf(posts: SourcePost[]): Set<string> {
  return new Set(posts.map(post => dayOf(post.published_at, 'UTC')))
}

function tallyBy(posts: SourcePost[], key: (post: SourcePost) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const post of posts) counts[key(post) ?? ''] = (counts[key(post) ?? ''] ?? 0) + 1
  return counts
}

function bare(text: string): string {
  return text.replaceAll(/\*\*|__|\[|\]\(https?:[^)]*\)|[\][]/gu, '')
}
