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
}
