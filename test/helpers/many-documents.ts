import {openStore} from '#src/store/open-store.js'

import {withStore} from './with-store.ts'

const WORDS =
  'город дорога новость компания учёные станция модель версия язык море погода спорт библиотека музей река'.split(' ')
const DAY_MS = 86_400_000
const POSTS = 6

/** Fills a store with digests of so many days for each of so many channels, and as many review reports, through its port. */
export async function storeManyDocuments(
  location: string,
  {channels, days}: {channels: number; days: number},
): Promise<void> {
  await withStore(openStore(location), async store => {
    await store.collection<Fields>('digests').upsertMany(everyDay(channels, days, digestOf), 'digest_id')
    await store.collection<Fields>('review_reports').upsertMany(everyDay(channels, days, reviewOf), 'report_id')
    await store.collection('digests').ensureIndex({fields: ['channel', 'created_at']})
    await store.collection('review_reports').ensureIndex({fields: ['assignment_id', 'created_at']})
  })
}

type Fields = Record<string, unknown>
type Make = (channel: string, day: Date, seed: number) => Fields

function* everyDay(channels: number, days: number, make: Make): Generator<Fields> {
  for (let channel = 0; channel < channels; channel += 1)
    for (let day = 0; day < days; day += 1)
      yield make(
        `@channel_${channel}`,
        new Date(Date.UTC(2024, 11, 3, 20, 59, 59, 999) - day * DAY_MS),
        channel * days + day,
      )
}

function digestOf(channel: string, day: Date, seed: number): Fields {
  const posts = Array.from({length: POSTS}, (_, at) => ({
    post_id: `${seed * POSTS + at}`,
    published_at: new Date(day.getTime() - at * 3_600_000),
    text: textOf(seed * POSTS + at, 60),
  }))
  return {
    digest_id: `${channel}:${day.toISOString().slice(0, 10)}`,
    channel,
    language: 'ru',
    summary_markdown: posts.map(({text}) => `- ${text.slice(0, 120)}.`).join('\n'),
    posts,
    feature_flags: {},
    created_at: day,
    metadata: {...WRITTEN, time_range_hours: 24},
  }
}

function reviewOf(channel: string, day: Date, seed: number): Fields {
  const pass = {pass_name: 'coverage', summary: textOf(seed, 10), recommendations: [], findings: []}
  return {
    report_id: `${channel}:${day.toISOString().slice(0, 10)}`,
    assignment_id: channel,
    language: 'ru',
    created_at: day,
    report: {synthesis: 'Дайджест полон.', passes: [pass], metadata: {...WRITTEN, feature_flags: {}}},
  }
}

const WRITTEN = {origin: 'telegram', llm_model: 'extractive-1', source_sha256: 'a'.repeat(64)}

function textOf(seed: number, words: number): string {
  return Array.from(
    {length: words},
    (_, at) => `${WORDS[(seed * 7 + at * at) % WORDS.length]}${(seed + at) % 977}`,
  ).join(' ')
}
