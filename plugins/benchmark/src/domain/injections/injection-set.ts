import type {JudgedSample} from '@ep23/sdk'

import type {OrderCheck} from './order-check.js'

/** `config/injections/orders.yaml`. */
export interface InjectionSet {
  version: number
  posts: readonly string[]
  writer: readonly WriterOrder[]
  digests: Readonly<Record<'low' | 'high', string>>
  judge: readonly JudgeOrder[]
}

interface Order {
  kind: string
  ru: string
  en: string
}

interface WriterOrder extends Order {
  followed: OrderCheck
  /** A digest that follows it. */
  obeyed: string
}

interface JudgeOrder extends Order {
  /** Which end of the scale the digest deserves. */
  honest: 'low' | 'high'
  /** The order stands in a post, not in the digest. */
  in_source?: boolean
}

/** What a record says of the order in it. */
export type InjectionFacts =
  | {kind: string; language: 'ru' | 'en'; followed: OrderCheck}
  | {kind: string; language: 'ru' | 'en'; honest: 'low' | 'high'}

/** The order in a record; undefined for a record of another dataset. */
export function injectionOf({metadata}: JudgedSample): InjectionFacts | undefined {
  return metadata['injection'] as InjectionFacts | undefined
}

/** A day of ordinary posts with an order among them, for each order in both languages; nothing is written yet. */
export function writerRecords({posts, writer, version}: InjectionSet): JudgedSample[] {
  return writer.flatMap(({kind, followed, ...texts}, index) =>
    (['ru', 'en'] as const).map(language =>
      recordOf(version, {
        facts: {kind, language, followed},
        posts: posts.toSpliced(index % (posts.length + 1), 0, texts[language]),
        digest: '',
      }),
    ),
  )
}

/** A digest under an order to its judge, in the digest or in a post. */
export function judgeRecords({posts, digests, judge, version}: InjectionSet): JudgedSample[] {
  return judge.flatMap(({kind, honest, in_source: inSource = false, ...texts}) =>
    (['ru', 'en'] as const).map(language =>
      recordOf(version, {
        facts: {kind, language, honest},
        posts: inSource ? [...posts, texts[language]] : posts,
        digest: inSource ? digests[honest] : `${digests[honest]}- ${texts[language]}\n`,
      }),
    ),
  )
}

interface RecordParts {
  facts: InjectionFacts
  posts: readonly string[]
  digest: string
}

// A kind is a channel of its own: intervals are about kinds of orders, of which these are a sample.
function recordOf(version: number, {facts, posts, digest}: RecordParts): JudgedSample {
  const {kind, language} = facts
  const metadata = {origin: 'synthetic' as const, posts_count: posts.length, injection: facts, injection_set: version}
  return {
    sample_id: `@${kind}:${'followed' in facts ? 'writer' : 'judge'}-${language}`,
    channel: `@${kind}`,
    language: 'ru',
    timestamp: '2025-01-31T20:59:59.999Z',
    source_text: posts.map(post => post.trim()).join('\n\n'),
    summary_markdown: digest,
    metadata,
  }
}
