import {badDataError, type Clock, type Store} from '@ep23/sdk'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import {type DayWindow, reportWindow} from '../domain/day-window.js'
import {digestKind} from '../domain/document-kind.js'
import type {Digest} from '../domain/digest.js'
import {storedDocuments} from './stored-documents.js'
import {cyrillicShare, stripMarkup} from '../text/index.js'
import {message} from '../words/words.js'

export interface SpotcheckOptions extends SampleSize {
  window: DayWindow
}

/** Samples digests and renders the checklist. @throws Ep23Error DATASET_EMPTY (65) */
export async function spotcheckDataset(
  {store, clock}: {store: Store; clock: Clock},
  {window, ...size}: SpotcheckOptions,
): Promise<{markdown: string; digest_ids: string[]}> {
  const sample = await sampleDigests(store, window, size)
  if (sample.length === 0) throw badDataError('DATASET_EMPTY', message('noDigestInWindow'), [message('seedFirst')])
  const markdown = renderSpotcheck(sample, {generatedAt: clock.now(), seed: size.seed, window: reportWindow(window)})
  return {markdown, digest_ids: sample.map(({digest_id}) => digest_id)}
}

interface SampleSize {
  count: number
  /** Of each channel, not of all together. */
  perChannel?: boolean | undefined
  seed: number
}

/**
 * A seeded sample of the window's digests, in the order of their ids: reservoir sampling (Vitter 1985, algorithm R), so that
 * memory holds only the sample.
 */
async function sampleDigests(
  store: Store,
  {from, to}: DayWindow,
  {count, perChannel = false, seed}: SampleSize,
): Promise<Digest[]> {
  const generator = xoroshiro128plus(seed)
  const reservoirs = new Map<string, {sample: Digest[]; seen: number}>()
  for await (const {document: digest, problems} of storedDocuments(store, digestKind, {from, to})) {
    if (problems.length > 0) continue
    const group = perChannel ? digest.channel : ''
    const reservoir = reservoirs.get(group) ?? {sample: [], seen: 0}
    reservoirs.set(group, reservoir)
    reservoir.seen += 1
    if (reservoir.sample.length < count) reservoir.sample.push(digest)
    else {
      const place = uniformInt(generator, 0, reservoir.seen - 1)
      if (place < count) reservoir.sample[place] = digest
    }
  }
  const sample = [...reservoirs.values()].flatMap(reservoir => reservoir.sample)
  return sample.sort((a, b) => (a.digest_id < b.digest_id ? -1 : 1))
}

const EXCERPT = 400

/** What only a person can answer; the boxes stay empty. */
const HUMAN_QUESTIONS = [
  {ru: 'Главное за день названо', en: 'The main news of the day is there'},
  {ru: 'Факты и числа совпадают с постами', en: 'Facts and numbers agree with the posts'},
  {ru: 'Текст читается как русский, без обрывков', en: 'The text reads as Russian, without fragments'},
  {ru: 'Нет рекламы и служебных подписей', en: 'No adverts and no service lines'},
]

interface Header {
  generatedAt: Date
  seed: number
  window: {from: string; to: string}
}

/** A checklist in Russian and English: sampled digests, automatic answers filled in, questions left for a person. */
function renderSpotcheck(digests: readonly Digest[], {generatedAt, seed, window}: Header): string {
  return [
    '# Выборочная проверка / Spot check',
    '',
    `Окно / window: ${window.from} … ${window.to} · выборка / sample: ${digests.length} · seed ${seed} · ${generatedAt.toISOString()}`,
    '',
    ...digests.flatMap(renderDigest),
    '---',
    '',
    'Проверил(а) / checked by: ______________________  Дата / date: ______________',
    '',
  ].join('\n')
}

function renderDigest(digest: Digest, index: number): string[] {
  const {digest_id, metadata, posts, summary_markdown} = digest
  return [
    `## ${index + 1}. ${digest_id}`,
    '',
    `- происхождение / origin: **${metadata.origin}** · ${metadata.llm_model} · постов / posts: ${posts.length}`,
    '',
    '### Дайджест / Digest',
    '',
    quote(summary_markdown),
    '',
    '### Посты / Posts',
    '',
    ...posts
      .slice(0, 5)
      .map(({post_id, text}) => `- ${post_id === undefined ? '' : `\`${post_id}\` `}${excerpt(text)}`),
    ...(posts.length > 5 ? [`- … и ещё / and ${posts.length - 5} more`] : []),
    '',
    '### Ответы / Answers',
    '',
    ...automaticAnswers(digest).map(renderAnswer),
    ...HUMAN_QUESTIONS.map(({ru, en}) => `- [ ] ${ru} / ${en}`),
    '',
  ]
}

function renderAnswer({ru, en, holds, detail}: Answer): string {
  return `- [${holds ? 'x' : ' '}] (авто / auto) ${ru} / ${en}: ${detail}`
}

function quote(markdown: string): string {
  return markdown
    .trim()
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')
}

// One line, cut at a space, with nothing left that Markdown would read as a mark.
function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const cut = line.length <= EXCERPT ? line : `${line.slice(0, line.lastIndexOf(' ', EXCERPT))} …`
  return cut.replaceAll(/[`*_[\]<>#|]/gu, String.raw`\$&`)
}

interface Answer {
  ru: string
  en: string
  holds: boolean
  detail: string
}

const LEAST_CYRILLIC_SHARE = 0.8
const POST_LINK = /\]\((https:\/\/t\.me\/[^)\s]+)\)/gu

/** What a machine can say about a digest for sure. */
function automaticAnswers(digest: Digest): Answer[] {
  return [hasHeading(digest), hasBullets(digest), linksResolve(digest), isRussian(digest), saysOrigin(digest)]
}

function hasHeading({summary_markdown}: Digest): Answer {
  const heading = /^#{1,3} .+$/mu.exec(summary_markdown)?.[0]
  return {
    ru: 'Есть заголовок',
    en: 'Has a heading',
    holds: heading !== undefined,
    detail: heading?.replace(/^#+ /u, '') ?? '—',
  }
}

function hasBullets({summary_markdown}: Digest): Answer {
  const bullets = summary_markdown.match(/^[-*] .+$/gmu)?.length ?? 0
  return {ru: 'Есть пункты', en: 'Has bullets', holds: bullets > 0, detail: String(bullets)}
}

function linksResolve({summary_markdown, posts, metadata}: Digest): Answer {
  const ids = new Set(posts.map(({post_id}) => post_id))
  const links = [...summary_markdown.matchAll(POST_LINK)].map(([, url = '']) => url)
  const dead = links.filter(url => !ids.has(url.split('/').at(-1) ?? ''))
  const expected = metadata.origin !== 'telegram' || links.length > 0
  return {
    ru: 'Ссылки ведут к постам дня',
    en: 'Links lead to posts of the day',
    holds: expected && dead.length === 0,
    detail: dead.length === 0 ? `${links.length}` : `${dead.length} / ${links.length}: ${dead.slice(0, 3).join(', ')}`,
  }
}

function isRussian({summary_markdown}: Digest): Answer {
  const share = cyrillicShare(stripMarkup(summary_markdown).text)
  return {
    ru: 'Написан по-русски',
    en: 'Is in Russian',
    holds: share >= LEAST_CYRILLIC_SHARE,
    detail: `${Math.round(share * 100)} %`,
  }
}

function saysOrigin({metadata}: Digest): Answer {
  const holds = metadata.origin !== 'synthetic' || metadata.generator !== undefined
  return {ru: 'Происхождение названо', en: 'Says its origin', holds, detail: metadata.generator ?? metadata.origin}
}
