import {createHash} from 'node:crypto'
import {DatabaseSync} from 'node:sqlite'

import {documentText} from '@ep23/sdk'
import {MongoClient, type Document} from 'mongodb'

import {openStore} from '#src/store/open-store.js'

export type Fields = Record<string, unknown>

export interface TeamDatabase {
  digests: Fields[]
  review_reports: Fields[]
  posts: Fields[]
  channels: Fields[]
}

interface TeamOptions {
  channels?: readonly string[]
  days?: number
  /** Last day, as UTC. */
  until?: string
}

const DAY = 86_400_000
const NEWS = [
  'Мэрия открыла движение по новому мосту через реку, работы шли два года.',
  'Учёные института показали прибор, который измеряет скорость ветра на высоте 12 км.',
  'Завод выпустил первую партию из 140 электробусов, их ждут в пяти городах.',
  'Библиотека оцифровала 3 тысячи газет прошлого века и открыла их для всех.',
  'Команда выиграла матч со счётом 3:1 и вышла в финал кубка.',
]

/**
 * What Butler's Python programs keep, in all the shapes of their several ages, deterministic. Digests of every channel and
 * day; by turns as the present program, the seeding script with its invented scores, and two older programs write them.
 */
export function teamDatabase({
  channels = ['@naked_science', '@habr_com', '@proglib', '@city_news', '@economika'],
  days = 30,
  until = '2024-12-03',
}: TeamOptions = {}): TeamDatabase {
  const last = Date.parse(`${until}T18:30:00Z`)
  const each = channels.flatMap(channel =>
    Array.from({length: days}, (_, index) => ({channel, index, date: new Date(last - (days - 1 - index) * DAY)})),
  )
  return {
    digests: each.map(digestOf),
    review_reports: each.map(reportOf),
    posts: each.flatMap(postsOf),
    channels: channels.map(channel => ({user_id: 7, channel_username: channel.slice(1), active: true})),
  }
}

interface Slot {
  channel: string
  index: number
  date: Date
}

function digestOf(slot: Slot): Fields {
  return [presentDigest, seededDigest, olderDigest, oldestDigest][slot.index % 4]!(slot)
}

function presentDigest({channel, index, date}: Slot): Fields {
  return {
    digest_id: `${channel}-${compact(date)}-1`,
    channel,
    language: 'ru',
    summary_markdown: summaryOf(channel, index),
    posts: textsOf(channel, index).map((text, n) => ({title: `Новость ${n + 1}`, summary: text.slice(0, 40), text})),
    feature_flags: {use_modular_reviewer: true},
    latency_seconds: 41.5 + index / 10,
    created_at: date,
    metadata: {feature_flags: {}, llm_model: 'mistral-7b', time_range_hours: 24},
    quality: {
      llm_judge: {
        judge_model: 'gpt-4o',
        prompt_version: 'judge-3',
        scores: {coverage: 0.8, accuracy: 0.85, coherence: 0.9, informativeness: 0.7},
        verdict: 'GOOD',
      },
    },
  }
}

function seededDigest(slot: Slot): Fields {
  return {
    ...presentDigest(slot),
    latency_seconds: 120 + slot.index,
    quality: {
      llm_judge: {
        judge_model: 'gpt-4o',
        prompt_version: 'benchmark-2025-11-v1',
        scores: {coverage: 0.92, accuracy: 0.9, coherence: 0.9, informativeness: 0.91},
        verdict: 'MEETS_EXPECTATIONS',
      },
    },
  }
}

// No id, no language, other names.
function olderDigest({channel, index, date}: Slot): Fields {
  return {
    channel: channel.toUpperCase().replace('@', '@'),
    summary: summaryOf(channel, index),
    items: textsOf(channel, index).map(text => ({title: null, text})),
    metrics: {latency_seconds: 12.25},
    created_at: `${date.toISOString().slice(0, 19)}+00:00`,
    metadata: {llm_model: 'mistral-7b'},
  }
}

function oldestDigest({channel, index, date}: Slot): Fields {
  return {
    channel: channel.slice(1),
    digest: summaryOf(channel, index),
    ...(index % 8 === 3 ? {posts_text: textsOf(channel, index).join('\n\n')} : {raw_posts: textsOf(channel, index)}),
    created_at: date.toISOString().slice(0, 19).replace('T', ' '),
  }
}

function reportOf({channel, index, date}: Slot): Fields {
  const head = {assignment_id: channel, language: 'ru', created_at: index % 3 === 2 ? date.toISOString() : date}
  if (index % 3 === 0)
    return {
      ...head,
      report_id: `${channel}-report-${compact(date)}-1`,
      student_id: `student-${index}`,
      report: {
        synthesis: 'Дайджест полон и точен.',
        passes: [
          {
            pass_name: 'architecture',
            summary: 'Заголовок и пункты на месте.',
            recommendations: ['Добавить ссылку.'],
            findings: [{title: 'Нет ссылки', description: 'У второго пункта.'}],
          },
        ],
        metadata: {llm_model: 'mistral-7b', feature_flags: {}, latency_seconds: 9.5},
      },
    }
  return {
    ...head,
    report: {
      summary: 'Дайджест читается хорошо.',
      passes: [{name: 'language', summary: 'Язык живой.', findings: [{message: 'Повтор', details: 'Слово «новый».'}]}],
    },
  }
}

// The same post stands once a subscriber; ids are text, some dates too, and one channel goes by its title at times.
function postsOf({channel, index, date}: Slot): Fields[] {
  return textsOf(channel, index).flatMap((news, n) => {
    const text = `${news} ${channel}`
    const message_id = String(1000 + index * 10 + n)
    const moment = new Date(date.getTime() - (n + 1) * 3_600_000)
    const post = {
      channel_username: channel.slice(1),
      message_id,
      content_hash: createHash('sha256')
        .update(text + channel)
        .digest('hex'),
      user_id: 7,
      text,
      date: index % 2 === 0 ? moment : moment.toISOString(),
      fetched_at: new Date(moment.getTime() + 600_000),
      views: n === 0 ? null : 100 * n,
      metadata: {},
    }
    return [
      post,
      {
        ...post,
        user_id: 8,
        channel_username: n === 0 && channel === '@naked_science' ? 'Голая наука' : post.channel_username,
      },
    ]
  })
}

function textsOf(channel: string, index: number): string[] {
  const end = `Выпуск ${index + 1}, подробности в материале редакции ${channel.slice(1)}.`
  return NEWS.slice(0, 3 + (index % 3)).map(text => `${text} ${end}`)
}

function summaryOf(channel: string, index: number): string {
  return `# ${channel}: выпуск ${index + 1}\n\n${textsOf(channel, index)
    .map(text => `- ${text}`)
    .join('\n')}\n`
}

function compact(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '')
}

/** Puts the documents into a MongoDB database as the team's driver does. */
export async function fillMongo(url: string, team: TeamDatabase): Promise<void> {
  await withMongo(url, async client => {
    for (const [name, documents] of Object.entries(team) as [string, Fields[]][])
      await client
        .db()
        .collection(name)
        .insertMany(documents.map(document => ({...document})))
  })
}

/** The same in a SQLite store, also documents without a key. */
export async function fillSqlite(path: string, team: TeamDatabase): Promise<void> {
  const store = await openStore(path)
  const keys = {digests: 'digest_id', review_reports: 'report_id'} as const
  for (const [name, key] of Object.entries(keys) as [keyof typeof keys, string][])
    await store.collection<Fields>(name).upsertMany(
      team[name].filter(document => document[key] !== undefined),
      key,
    )
  await store.dispose()
  const database = new DatabaseSync(path)
  for (const [name, key] of Object.entries(keys) as [keyof typeof keys, string][])
    for (const [index, document] of team[name].entries())
      if (document[key] === undefined)
        database
          .prepare(`INSERT INTO "${name}" (key, doc) VALUES (?, ?)`)
          .run(`row ${index}`, documentText(document, name))
  database.close()
}

/** One hash over the documents that ep23 did not write. */
export async function hashOfTeam(location: string): Promise<string> {
  const texts = location.startsWith('mongodb') ? await mongoTexts(location) : sqliteTexts(location)
  return createHash('sha256').update(texts.sort().join('\n')).digest('hex')
}

async function mongoTexts(url: string): Promise<string[]> {
  return withMongo(url, async client => {
    const texts: string[] = []
    for (const name of ['digests', 'review_reports', 'posts', 'channels'])
      for await (const document of client.db().collection(name).find())
        if (!isOwn(document)) texts.push(`${name} ${JSON.stringify(document)}`)
    return texts
  })
}

function sqliteTexts(path: string): string[] {
  const database = new DatabaseSync(path, {readOnly: true})
  const texts = ['digests', 'review_reports'].flatMap(name =>
    database
      .prepare(`SELECT key, doc FROM "${name}"`)
      .all()
      .map(row => ({name, key: row['key'], doc: String(row['doc'])})),
  )
  database.close()
  return texts.filter(({doc}) => !isOwn(JSON.parse(doc) as Document)).map(text => JSON.stringify(text))
}

function isOwn(document: Document): boolean {
  return (document['metadata'] ?? document['report']?.metadata)?.origin !== undefined
}

async function withMongo<T>(url: string, body: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(url)
  try {
    return await body(client)
  } finally {
    await client.close()
  }
}
