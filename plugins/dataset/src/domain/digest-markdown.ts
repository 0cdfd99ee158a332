import {counted, dayInWords, POSTS} from './russian-words.js'

/** One point of a digest and the post it tells of. */
export interface Bullet {
  /** Plain text; Markdown's own characters are escaped here. */
  text: string
  post: LinkedPost
}

export interface LinkedPost {
  post_id?: string
  url?: string
}

export interface Section {
  /** Absent for a digest of one section. */
  title?: string
  bullets: readonly Bullet[]
}

const SYNTHETIC = 'Посты этого дня вымышлены, дайджест синтетический.'

/** The heading of a digest: channel, day in words, number of posts, and that the posts are invented where they are. */
export function digestHeading(
  channel: string,
  day: string,
  postCount: number,
  {synthetic = false}: {synthetic?: boolean} = {},
): string {
  const told = `За день — ${counted(postCount, POSTS)}.`
  return `# ${escapeMarkdown(channel)}: ${dayInWords(day)}\n\n${synthetic ? `${told} ${SYNTHETIC}` : told}`
}

/** The whole digest as Markdown. */
export function digestMarkdown(heading: string, sections: readonly Section[]): string {
  const parts = sections.map(({title, bullets}) => {
    const list = bullets.map(({text, post}) => `- ${escapeMarkdown(text)} [пост](${postLink(post)})`).join('\n')
    return title === undefined ? list : `## ${title}\n\n${list}`
  })
  return `${[heading, ...parts].join('\n\n')}\n`
}

/** Where a bullet leads: the post's address, or for a post without one (a synthetic post) its place in the document. */
export function postLink({post_id, url}: LinkedPost): string {
  return url ?? `#post-${post_id ?? ''}`
}

/**
 * Text in which no character means markup (CommonMark 0.31 and strikethrough): a low line inside a word is left alone, as
 * CommonMark leaves it; a number with a dot, a dash and the like are escaped where they would begin a list.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>~|]/gu, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/^(\d+)([.)])/u, String.raw`$1\$2`)
    .replace(/^[#+-]/u, String.raw`\$&`)
}

const TELEGRAM_LINK = /^https?:\/\/(?:t|telegram)\.me\/(?:s\/)?([A-Za-z0-9_]+)\/(\d+)(?:[/?#].*)?$/u

/** Finds the post of the day that a link of the digest leads to; undefined for a link that leads elsewhere. */
export function postFinder<T extends LinkedPost>(
  channel: string,
  posts: readonly T[],
): (target: string) => T | undefined {
  const named = posts.filter(({post_id, url}) => post_id !== undefined || url !== undefined)
  const byLink = new Map(named.map(post => [postLink(post), post]))
  const byId = new Map(named.map(post => [post.post_id, post]))
  return target => {
    const [, name, id] = TELEGRAM_LINK.exec(target) ?? []
    const isOfChannel = name !== undefined && `@${name.toLowerCase()}` === channel
    return byLink.get(target) ?? (isOfChannel && id !== undefined ? byId.get(id) : undefined)
  }
}
