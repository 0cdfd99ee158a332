import type {Digest, ReviewReport} from '@ep23/plugin-dataset'
import type {Store} from '@ep23/sdk'

export const CHANNELS = ['@alpha_news', '@beta_news'] as const
const FIRST_DAY = Date.UTC(2024, 10, 4)
const DAY = 86_400_000
/** Local days end three hours before UTC's in Moscow. */
const END_OF_MOSCOW_DAY = DAY - 3 * 3_600_000 - 1

interface Wanted {
  channels?: readonly string[]
  days?: number
  /** Changes each digest before it is stored. */
  spoil?: (digest: Digest, number: number) => Digest
}

/** Digests of consecutive Moscow days from 2024-11-04 on, without fault. */
export function sampleDigests({channels = CHANNELS, days = 5, spoil = digest => digest}: Wanted = {}): Digest[] {
  return channels.flatMap((channel, at) =>
    Array.from({length: days}, (_, day) => spoil(sampleDigest(channel, day), at * days + day)),
  )
}

function sampleDigest(channel: string, day: number): Digest {
  const start = FIRST_DAY + day * DAY
  const date = new Date(start).toISOString().slice(0, 10)
  return {
    digest_id: `${channel}:${date}`,
    channel,
    language: 'ru',
    summary_markdown: `# ${channel}\n\n- Главное за ${date}. [Пост](https://t.me/${channel.slice(1)}/${day})`,
    posts: [
      {post_id: `${day}1`, published_at: new Date(start + 1000), text: `Первый пост ${date}.`},
      {post_id: `${day}2`, published_at: new Date(start + 2000), text: 'Второй пост.', title: 'Заголовок'},
    ],
    feature_flags: {mmr: true, dedup: false},
    ...(day % 2 === 0 && {latency_seconds: 0.25 + day}),
    created_at: new Date(start + END_OF_MOSCOW_DAY),
    metadata: {
      origin: day % 3 === 0 ? 'synthetic' : 'telegram',
      llm_model: 'extractive-1',
      time_range_hours: 24,
      source_sha256: 'a'.repeat(64),
      run_id: 'a run that is no part of the data',
    },
    ...(day === 1 && {quality: {llm_judge: {judge_model: 'judge-1', scores: {coverage: 0.5, accuracy: 1}}}}),
  }
}

/** A copy with other fields, also such as its type forbids. */
export function changed<T extends object>(document: T, changes: object): T {
  return Object.assign(structuredClone(document), changes)
}

/** The review report of a digest. */
export function sampleReview({digest_id, channel, created_at, metadata}: Digest): ReviewReport {
  return {
    report_id: digest_id,
    assignment_id: channel,
    language: 'ru',
    created_at,
    report: {
      synthesis: 'Дайджест полон.',
      passes: [
        {pass_name: 'structure', summary: 'Заголовок на месте.', recommendations: [], findings: []},
        {
          pass_name: 'coverage',
          summary: 'Нет одного поста.',
          recommendations: ['Добавить пост.'],
          findings: [{title: 'Пропущен пост', description: '11677'}],
        },
      ],
      metadata: {
        llm_model: 'rules-1',
        feature_flags: {},
        origin: metadata.origin,
        source_sha256: 'b'.repeat(64),
        latency_seconds: 0.001,
      },
    },
  }
}

/** Puts digests and their reviews into a store. */
export async function fill(store: Store, digests: readonly Digest[]): Promise<void> {
  await store.collection<Digest>('digests').upsertMany(digests, 'digest_id')
  await store.collection<ReviewReport>('review_reports').upsertMany(digests.map(sampleReview), 'report_id')
}
