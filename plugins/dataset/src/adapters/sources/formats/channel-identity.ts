import {isObject, type Message, joined} from '@ep23/sdk'
import type {SourceChannel} from '../../../domain/posts.js'
import {plainValue, bareChannelId, optionalString, senderChannelId} from './record-fields.js'
import {refusal} from './problems.js'
import type {Concept, FieldFinder} from './field-names.js'
import {message} from '../../../words/words.js'

const USERNAME = /^(?:@|(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.(?:me|dog)\/(?:s\/)?)(\w{4,32})\/?$/u
const POST_LINK =
  /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.(?:me|dog)\/(?:s\/)?(?:c\/(?<id>\d{1,15})|(?<username>\w{4,32}))\/(?<number>[1-9]\d{0,14})(?:[?#].*)?$/u
const ID = /^(?:-?\d{6,16}|channel\d+)$/u

/** The kinds of chats, as Telegram Desktop and the clients name them, in the words of a refusal. Channels are not among them. */
const NO_CHANNELS = new Map<string, Message>([
  ['saved_messages', message('savedMessages')],
  ['replies', message('repliesChat')],
  ['verification_codes', message('verificationCodes')],
  ['personal_chat', message('privateChat')],
  ['private', message('privateChat')],
  ['user', message('privateChat')],
  ['bot_chat', message('botChat')],
  ['bot', message('botChat')],
  ['private_group', message('privateGroup')],
  ['private_supergroup', message('privateGroup')],
  ['public_supergroup', message('publicGroup')],
  ['group', message('aGroup')],
  ['supergroup', message('aGroup')],
  ['forum', message('aGroup')],
])
const CHANNELS = new Set(['public_channel', 'private_channel', 'channel'])

/** Why a chat of this type is not read, as a clause; undefined for a channel. */
export function chatRefusal(type: unknown): Message | undefined {
  const name = String(type)
    .toLowerCase()
    .replace(/^chattype\./u, '')
  if (CHANNELS.has(name)) return undefined
  const kind = NO_CHANNELS.get(name)
  return kind === undefined ? message('unknownChat', {type: String(type)}) : joined([kind, ` (${String(type)})`], '')
}

/** Channel and number in a post's address (`t.me/name/7`, `t.me/s/name/7`, `t.me/c/1234/7`); undefined for other addresses. */
export function postLink(value: unknown): {channel: SourceChannel; number: string} | undefined {
  const {id, username, number} = (typeof value === 'string' && POST_LINK.exec(value)?.groups) || {}
  if (number === undefined) return undefined
  return {channel: id === undefined ? {username: username as string} : {id}, number}
}

/**
 * What a value that stands for a channel says of it: an object of a client (`{id, title, username, type}`, `{channel_id}`), an
 * id, `@name`, an address, or a title.
 * @throws FileProblem when the object says that the chat is not a channel.
 */
export function channelIn(value: unknown, field: string): SourceChannel {
  const plain = plainValue(value)
  if (isObject(plain)) return channelInObject(plain, field)
  if (typeof plain === 'number') return identity(undefined, undefined, bareChannelId(plain))
  const text = optionalString(plain, field)
  if (text === undefined) return {}
  const username = USERNAME.exec(text)?.[1] ?? postLink(text)?.channel.username
  if (username !== undefined) return {username}
  return ID.test(text) ? identity(undefined, undefined, bareChannelId(text)) : {title: text}
}

function channelInObject(object: Record<string, unknown>, field: string): SourceChannel {
  const type = object['type']
  const refused = typeof type === 'string' ? chatRefusal(type) : undefined
  if (refused !== undefined) throw refusal(message('messageOfKind', {chat: refused}))
  const username = optionalString(object['username'] ?? firstOf(object['usernames']), `${field}.username`)
  const title = optionalString(object['title'] ?? object['name'], `${field}.title`)
  return identity(username?.replace(/^@/u, ''), title, bareChannelId(object['id'] ?? object['channel_id']))
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined
}

/** The concepts by which the channel of a record is known. */
export const CHANNEL_CONCEPTS: readonly Concept[] = [
  'channel',
  'channelUsername',
  'channelTitle',
  'channelId',
  'senderId',
  'senderName',
]

/** The channel of the record that the finder looked at, by all its fields together. */
export function channelOf(fields: FieldFinder): SourceChannel {
  const named = channelIn(fields.value('channel'), fields.name('channel'))
  const username = optionalString(fields.value('channelUsername'), fields.name('channelUsername'))?.replace(/^@/u, '')
  const title = optionalString(fields.value('channelTitle'), fields.name('channelTitle'))
  const idValue = fields.value('channelId')
  const sender = senderChannelId(fields.value('senderId'))
  const senderName = fields.value('senderName')
  const id = isObject(plainValue(idValue)) ? channelIn(idValue, fields.name('channelId')).id : bareChannelId(idValue)
  const ownName = sender !== undefined && typeof senderName === 'string' ? senderName : undefined
  return identity(named.username ?? usernameOf(username), title ?? named.title ?? ownName, named.id ?? id ?? sender)
}

function usernameOf(text: string | undefined): string | undefined {
  return text === undefined || /^\w{4,32}$/u.test(text) ? text : USERNAME.exec(text)?.[1]
}

function identity(username?: string, title?: string, id?: string): SourceChannel {
  return {...(title && {title}), ...(username && {username}), ...(id && {id})}
}
