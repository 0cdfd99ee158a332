/**
 * The names under which collectors write what makes a post, for each concept the best first. A format whose names are not
 * here maps its records to these (see formats/). Adding a name here makes every reader know it: JSON, CSV and databases.
 */
export const FIELD_NAMES = {
  id: ['message_id', 'messageId', 'msg_id', 'post_id', 'postId', 'telegram_id', 'id'],
  /** Seconds since 1970: what the moment was, whatever clock the other date shows. */
  unixtime: ['date_unixtime', 'unix_timestamp', 'unixtime', 'date_unix'],
  date: [
    ...['date', 'published_at', 'publishedAt', 'datetime', 'date_time', 'timestamp', 'message_date', 'post_date'],
    ...['posted_at', 'published', 'pub_date', 'pubDate', 'created_at', 'createdAt', 'time', 'дата'],
  ],
  editedUnixtime: ['edited_unixtime', 'unix_timestamp_edited'],
  edited: ['edited', 'edit_date', 'edited_at', 'editDate', 'editedAt', 'date_edited'],
  text: [
    ...['text', 'content', 'message', 'message_text', 'post_text', 'messageText', 'body', 'full_text', 'raw_text'],
    ...['text_entities', 'текст'],
  ],
  caption: ['caption', 'media_caption', 'photo_caption'],
  url: [
    ...['url', 'link', 'post_url', 'postUrl', 'post_link', 'message_url', 'message_link', 'permalink'],
    ...['telegram_url', 'tg_url', 'tg_link', 'tgLink'],
  ],
  title: ['title'],
  forwardedFrom: ['forwarded_from'],
  /** A channel in whatever form: its title, `@name`, address, id, or an object. */
  channel: ['channel', 'chat', '_chat', 'sender_chat', 'channel_url', 'channel_link', 'source', 'канал'],
  channelUsername: ['channel_username', 'channelUsername', 'chat_username', 'channel_login', 'username'],
  channelTitle: [
    ...['channel_title', 'channelTitle', 'channel_name', 'channelName', 'chat_title', 'chatTitle', 'chat_name'],
    ...['chatName', 'source_name', 'источник', 'название_источника', 'название источника', 'Название источника'],
  ],
  channelId: ['channel_id', 'channelId', 'chat_id', 'chatId', 'peer_id', 'to_id'],
  /** Of whoever sent it, which is the channel when the id has the form of a channel's. */
  senderId: ['from_id', 'sender_id'],
  senderName: ['from'],
} as const

export type Concept = keyof typeof FIELD_NAMES

const CONCEPTS = Object.keys(FIELD_NAMES) as Concept[]
const ROLES = new Map(
  CONCEPTS.flatMap((concept, index) => FIELD_NAMES[concept].map((name, rank) => [name as string, {index, rank}])),
)
const PLACES = Object.fromEntries(CONCEPTS.map((concept, index) => [concept, index])) as Record<Concept, number>
const NO_RANK = 99

/**
 * Finds the fields of one record after another: one pass over the keys that a record has, however many names are known.
 * Null and the empty string count as absent.
 */
export class FieldFinder {
  readonly #values: unknown[] = CONCEPTS.map(() => undefined)
  readonly #names: string[] = CONCEPTS.map(() => '')
  readonly #ranks: number[] = CONCEPTS.map(() => NO_RANK)

  /** Looks at the next record; what was found of the one before is forgotten. */
  look(record: Record<string, unknown>): void {
    this.#values.fill(undefined)
    this.#ranks.fill(NO_RANK)
    for (const name in record) {
      const role = ROLES.get(name)
      if (role === undefined || role.rank >= (this.#ranks[role.index] as number)) continue
      const value = record[name]
      if (value === null || value === undefined || value === '') continue
      this.#values[role.index] = value
      this.#names[role.index] = name
      this.#ranks[role.index] = role.rank
    }
  }

  /** Undefined when the record has no such field. */
  value(concept: Concept): unknown {
    return this.#values[PLACES[concept]]
  }

  /** True when the record has the same values, none of them an object, in these concepts as these; fills the values in. */
  isSame(concepts: readonly Concept[], values: unknown[]): boolean {
    let isSame = true
    for (let index = 0; index < concepts.length; index++) {
      const value = this.#values[PLACES[concepts[index] as Concept]]
      if (value === values[index] && typeof value !== 'object') continue
      values[index] = value
      isSame = false
    }
    return isSame
  }

  /** The name it has in the record, or the commonest one when it is absent. */
  name(concept: Concept): string {
    const place = PLACES[concept]
    return this.#values[place] === undefined ? FIELD_NAMES[concept][0] : (this.#names[place] as string)
  }
}

/** True when one of the keys is a known name of the concept. */
export function hasField(keys: readonly string[], concept: Concept): boolean {
  return FIELD_NAMES[concept].some(name => keys.includes(name))
}
