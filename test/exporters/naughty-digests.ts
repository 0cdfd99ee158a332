import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Digest} from '@ep23/plugin-dataset'
import type {Store} from '@ep23/sdk'

const NAUGHTY = join(import.meta.dirname, '../../../shared/data/bad-input/naughty-strings/blns.json')
const DAY = 86_400_000

/** Digests by their numbers, the last one excluded. */
export interface Numbers {
  from: number
  to: number
}

/** Puts these digests into a store; in an export they stand by number. */
export async function fillWithNaughty(store: Store, numbers: Numbers): Promise<void> {
  await store.collection<Digest>('digests').upsertMany(naughtyDigests(numbers), 'digest_id')
}

/** Each string once in every text that a record holds, and as the name of a flag and a score where stores take it. */
function* naughtyDigests({from, to}: Numbers): Generator<Digest> {
  const strings = JSON.parse(readFileSync(NAUGHTY, 'utf8')) as string[]
  for (let number = from; number < to; number += 1) {
    const text = strings[number % strings.length] ?? ''
    const other = strings[(number * 7 + 3) % strings.length] ?? ''
    const channel = `@naughty_${String(Math.floor(number / 1000)).padStart(3, '0')}`
    const created_at = new Date(Date.UTC(2022, 0, 1) + (number % 1000) * DAY + DAY - 1)
    const name = mayBeField(text) ? text : 'plain'
    yield {
      digest_id: `${channel}:${created_at.toISOString().slice(0, 10)}`,
      channel,
      language: 'ru',
      summary_markdown: `${text}${number}`,
      posts: [
        {post_id: `${number}`, published_at: created_at, text},
        {post_id: `${number}b`, published_at: created_at, text: other, title: text},
      ],
      feature_flags: {[name]: true, mmr: false},
      created_at,
      metadata: {
        origin: 'telegram',
        llm_model: `model ${text}`,
        time_range_hours: 24,
        source_sha256: 'a'.repeat(64),
      },
      quality: {llm_judge: {judge_model: `judge ${other}`, scores: {[name]: 1 / (number + 1)}, verdict: text}},
    }
  }
}

function mayBeField(text: string): boolean {
  return (
    !text.startsWith('$') && !text.includes('.') && !text.includes('\0') && text !== '__proto__' && text !== '_bsontype'
  )
}
