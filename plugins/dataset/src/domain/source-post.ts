/** The channel a source says its posts are from: whatever of the three it knows. */
export interface SourceChannel {
  title?: string
  /** Without the `@`. */
  username?: string
  /** Telegram's bare id, as in `t.me/c/<id>`: digits, without the `-100` that clients put before it. */
  id?: string
}

/** One post of a Telegram channel, as a source holds it. Posts of one channel share one `channel` object. */
export interface SourcePost {
  channel: SourceChannel
  post_id: string
  published_at: Date
  /** Telegram Markdown as Telethon writes it: `**bold**`, `__italic__`, `~~struck~~`, `[label](url)`, code in backticks. */
  text: string
  url?: string
  title?: string
  /** The name of the chat it was forwarded from, or `channel<id>` when only the id is known. */
  forwarded_from?: string
  /** When it was edited last; absent when it never was, or the source does not say. */
  edited_at?: Date
}
