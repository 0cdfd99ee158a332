/**
 * Why a digest passes over a post: it is paid or promoting, has no word, copies an earlier post of the channel, or says
 * nearly the same as another of its day.
 */
export const DROP_REASONS = ['advert', 'without_words', 'repeat', 'near_duplicate'] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** A post made ready for reading: what a digest is written from. */
export interface CleanPost {
  post_id: string
  published_at: Date
  /** Local calendar day, `YYYY-MM-DD`. */
  day: string
  /** The author's Telegram Markdown, as the digest keeps it. */
  text: string
  /** The same without markup, invisible characters and the channel's footers; paragraphs stand on lines of their own. */
  plain: string
  title?: string
  /** Where a reader finds the post; absent for posts that exist nowhere, as synthetic ones. */
  url?: string
  /** Set on posts that no digest is written from. */
  left_out?: DropReason
}

/** The posts that a digest is written from. */
export function postsForDigest(posts: readonly CleanPost[]): CleanPost[] {
  return posts.filter(({left_out}) => left_out === undefined)
}
