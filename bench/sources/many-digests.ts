import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Digest} from '@ep23/plugin-dataset'
import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

const WORDS = (
  'сегодня вышла новая версия языка программирования и вместе с ней обновились библиотеки инструменты для работы с данными ' +
  'учёные рассказали о результатах исследования которое длилось несколько лет в москве открыли станцию метро после ' +
  'реконструкции компания представила модель'
).split(' ')
const DAYS_A_CHANNEL = 1000
const DAY = 86_400_000
const FIRST_DAY = Date.UTC(2022, 0, 1)

/** So many digests of made-up channels, a thousand days each, about 1.9 KB of text; the same in every run. */
export function* manyDigests(count: number): Generator<Digest> {
  const random = xoroshiro128plus(23)
  const text = (words: number): string =>
    Array.from({length: words}, () => WORDS[uniformInt(random, 0, WORDS.length - 1)]).join(' ')
  for (let number = 0; number < count; number++) {
    const channel = `@bench_${String(Math.floor(number / DAYS_A_CHANNEL)).padStart(5, '0')}`
    const day = FIRST_DAY + (number % DAYS_A_CHANNEL) * DAY
    yield {
      digest_id: `${channel}:${new Date(day).toISOString().slice(0, 10)}`,
      channel,
      language: 'ru',
      summary_markdown: `# ${channel}\n\n- ${text(20)}\n- ${text(20)}`,
      posts: [1, 2, 3].map(post => ({
        post_id: `${number * 10 + post}`,
        published_at: new Date(day + post * 3_600_000),
        text: text(25),
        url: `https://t.me/${channel.slice(1)}/${number * 10 + post}`,
      })),
      feature_flags: {dedup: false, mmr: true},
      latency_seconds: uniformInt(random, 1, 1000) / 1000,
      created_at: new Date(day + DAY - 1),
      metadata: {origin: 'telegram', llm_model: 'extractive-1', time_range_hours: 24, source_sha256: 'a'.repeat(64)},
    }
  }
}

export function benchChannel(number: number): string {
  return `@bench_${number}_news`
}

/** The posts of so many digests as their channels' exports, some days a channel. */
export function writeChannels(
  folder: string,
  count: number,
  {days, until}: {days: number; until: string},
): {channel: string; file: string}[] {
  mkdirSync(folder, {recursive: true})
  const digests = manyDigests(count)
  return Array.from({length: Math.ceil(count / days)}, (_, at) => {
    const posts = Array.from({length: days}, (_, day) => {
      const noon = Date.parse(`${until}T12:00:00Z`) - day * DAY
      return (digests.next().value?.posts ?? []).map(({text}: {text: string}, of: number) => ({
        message_id: (days - day) * 10 + of,
        date: new Date(noon + of * 60_000).toISOString(),
        text,
      }))
    })
    const file = join(folder, `${at}.json`)
    writeFileSync(file, JSON.stringify(posts.flat()))
    return {channel: benchChannel(at), file}
  })
}
