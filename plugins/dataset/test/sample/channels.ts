import {readdirSync, readFileSync} from 'node:fs'

import type {CleanPost, SourcePost} from '#src/domain/posts.js'
import type {ChannelName} from '#src/domain/channel.js'
import {dayOf, dayWindow} from '#src/domain/day-window.js'
import {cleanPosts, type CleanedPosts} from '#src/usecases/clean-posts.js'

const FOLDER = new URL('../../../../../shared/data/telegram/telethon-lite/', import.meta.url)

export const ZONE = 'Europe/Moscow'
export const FIVE_CHANNELS = ['@naked_science', '@habr', '@proglib', '@moscowach', '@moskva_live'] as const
export const NOVEMBER = dayWindow({until: '2024-12-03', days: 30, zone: ZONE})

interface TelethonMessage {
  message_id: number
  text: string
  date: string
}

/** The posts of a real channel in the thirty days of NOVEMBER, by local day. */
export function realPosts(channel: ChannelName): Map<string, SourcePost[]> {
  const slug = channel.slice(1)
  const file = readdirSync(FOLDER).find(name => name.startsWith(`${slug}.`)) ?? ''
  const messages = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as TelethonMessage[]
  const posts = messages.map(message => ({
    channel: {username: slug},
    post_id: String(message.message_id),
    published_at: new Date(message.date),
    text: message.text,
  }))
  return Map.groupBy(
    posts.filter(({published_at}) => published_at >= NOVEMBER.from && published_at < NOVEMBER.to),
    ({published_at}) => dayOf(published_at, ZONE),
  )
}

const cleaned = new Map<ChannelName, CleanedPosts>()

/** The same posts cleaned; read once for all tests. */
export function realCleanPosts(channel: ChannelName): CleanedPosts {
  const known = cleaned.get(channel) ?? cleanPosts(realPosts(channel), channel)
  cleaned.set(channel, known)
  return known
}

/** A clean post of one day, as a test needs it. */
export function cleanPost(post_id: string, plain: string, changes: Partial<CleanPost> = {}): CleanPost {
  return {
    post_id,
    published_at: new Date(Date.UTC(2024, 10, 11, 6, Number(post_id) % 60)),
    day: '2024-11-11',
    text: plain,
    plain,
    url: `https://t.me/naked_science/${post_id}`,
    ...changes,
  }
}
