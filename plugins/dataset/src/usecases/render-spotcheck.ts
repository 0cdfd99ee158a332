import type {Digest} from '../domain/digest.js'
import {postFinder} from '../domain/digest-markdown.js'
import {cyrillicShare, stripMarkup} from '../text/index.js'

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
export function renderSpotcheck(digests: readonly Digest[], {generatedAt, seed, window}: Header): string {
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
  const {digest_id, metadata, posts} = digest
  const number = index + 1
  const cited = citedPosts(digest)
  // What a bullet links to is there, however many posts the day has.
  const shown = [...posts.entries()].filter(([place]) => place < FEWEST_POSTS || cited.has(place))
  return [
    `## ${number}. ${digest_id}`,
    '',
    `- происхождение / origin: **${metadata.origin}** · ${metadata.llm_model} · постов / posts: ${posts.length}`,
    '',
    '### Дайджест / Digest',
    '',
    quote(withOwnLinks(digest, number)),
    '',
    '### Посты / Posts',
    '',
    ...shown.map(([place, post]) => renderPost(post, anchorOf(number, place))),
    ...(shown.length < posts.length
      ? [`- … и ещё, без ссылок на них / and, not linked to, ${posts.length - shown.length} more`]
      : []),
    '',
    '### Ответы / Answers',
    '',
    ...automaticAnswers(digest).map(renderAnswer),
    ...HUMAN_QUESTIONS.map(({ru, en}) => `- [ ] ${ru} / ${en}`),
    '',
  ]
}

const FEWEST_POSTS = 5
const LINK_TARGET = /\]\((?<target>https:\/\/t\.me\/[^)\s]+|#post-[^)\s]*)\)/gu

/** Places of the posts that the digest links to. */
function citedPosts({channel, summary_markdown, posts}: Digest): Set<number> {
  const find = postFinder(channel, posts)
  return new Set(linksOf(summary_markdown).flatMap(target => placeOf(posts, find(target)) ?? []))
}

function placeOf(posts: Digest['posts'], post: Digest['posts'][number] | undefined): number | undefined {
  return post && posts.indexOf(post)
}

function linksOf(markdown: string): string[] {
  return [...markdown.matchAll(LINK_TARGET)].map(({groups}) => groups?.['target'] ?? '')
}

/** Posts without an address are linked by their place in the document: here, in this file, where digests have posts of equal ids. */
function withOwnLinks({channel, summary_markdown, posts}: Digest, number: number): string {
  const find = postFinder(channel, posts)
  return summary_markdown.replaceAll(LINK_TARGET, (link, target: string) => {
    const place = target.startsWith('#') ? placeOf(posts, find(target)) : undefined
    return place === undefined ? link : `](#${anchorOf(number, place)})`
  })
}

function anchorOf(number: number, place: number): string {
  return `digest-${number}-post-${place + 1}`
}

function renderPost({post_id, text}: Digest['posts'][number], anchor: string): string {
  return `- <a id="${anchor}"></a>${post_id === undefined ? '' : `\`${post_id}\` `}${excerpt(text)}`
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

function linksResolve({channel, summary_markdown, posts, metadata}: Digest): Answer {
  const find = postFinder(channel, posts)
  const links = linksOf(summary_markdown)
  const dead = links.filter(target => find(target) === undefined)
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
