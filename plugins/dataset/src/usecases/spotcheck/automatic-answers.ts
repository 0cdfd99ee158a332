import type {Digest} from '../../domain/documents/digest.js'
import {cyrillicShare, stripMarkup} from '../../text/index.js'

export interface Answer {
  ru: string
  en: string
  holds: boolean
  detail: string
}

const LEAST_CYRILLIC_SHARE = 0.8
const POST_LINK = /\]\((https:\/\/t\.me\/[^)\s]+)\)/gu

/** What a machine can say about a digest for sure. */
export function automaticAnswers(digest: Digest): Answer[] {
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
