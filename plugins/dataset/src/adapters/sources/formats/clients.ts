import {isObject} from '@ep23/sdk'
import type {Skip} from './map-records.js'
import {describeValue, type RawRecord} from './record-fields.js'
import {refusal} from './problems.js'
import type {JsonDialect} from './json-format.js'
import {message as say} from '../../../words/words.js'

/** `str(message)` of Pyrogram and its forks: dates are the naive wall clock of the machine. */
export const pyrogram: JsonDialect = {
  name: 'pyrogram',
  title: say('formatPyrogram'),
  example:
    '{"_": "Message", "id": 1, "chat": {"_": "Chat", "id": -1001234567890, "type": "ChatType.CHANNEL", "username": "museum"}, "date": "2024-11-01 12:00:00", "text": "…"}',
  clock: 'local',
  wrote: ({_: type, chat, sender_chat: sender, ...record}) =>
    type === 'Message' && !('peer_id' in record) && (isObject(chat) || isObject(sender)),
  toRecord: pyrogramRecord,
}

function pyrogramRecord(record: RawRecord): RawRecord | Skip {
  if (record['service'] !== undefined || record['empty'] === true) return 'service'
  const {id, message_id, date, edit_date, chat, sender_chat, text, caption, forward_from_chat: forwarded} = record
  return {
    ...{id: id ?? message_id, date, edit_date, chat: chat ?? sender_chat},
    text: {text: text ?? '', entities: text === undefined || text === null ? undefined : record['entities']},
    caption: {text: caption ?? '', entities: record['caption_entities']},
    forwarded_from: isObject(forwarded) ? forwarded['title'] : undefined,
  }
}

/** TDLib's `message`, as clients on it save it: the text is in the content, ids are the server's times 2^20. */
export const tdlib: JsonDialect = {
  name: 'tdlib',
  title: say('formatTdlib'),
  example:
    '{"@type": "message", "id": 1048576, "chat_id": -1001234567890, "is_channel_post": true, "date": 1730451600, "content": {"@type": "messageText", "text": {"@type": "formattedText", "text": "…", "entities": []}}}',
  clock: 'utc',
  wrote: record => record['@type'] === 'message',
  toRecord: tdlibRecord,
}

const SERVER_ID = 1_048_576
const TDLIB_SERVICE =
  /^message(?:Chat|Pin|Supergroup|BasicGroup|VideoChat|Forum|Screenshot|CustomService|ContactRegistered|Invite|Game|Payment|Gift|Suggest|BotWrite|Expired|WebApp|Unsupported)/u

function tdlibRecord(record: RawRecord): RawRecord | Skip {
  const {id, chat_id, date, edit_date, content, is_channel_post: isPost} = record
  if (isPost === false) throw refusal(say('messageOfGroup', {id: describeValue(id)}))
  const what = isObject(content) ? content : {}
  const text = what['text'] ?? what['caption']
  if (text === undefined && TDLIB_SERVICE.test(String(what['@type']))) return 'service'
  const number = Number(id)
  const serverId = number % SERVER_ID === 0 ? number / SERVER_ID : id
  return {id: serverId, chat_id, date, ...(edit_date !== 0 && {edit_date}), ...(text !== undefined && {text})}
}

/** Updates of the Bot API: of each, the channel's post or its edited version. */
export const botApi: JsonDialect = {
  name: 'bot-api',
  title: say('formatBotApi'),
  example:
    '{"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -1001234567890, "type": "channel", "title": "Музей"}, "date": 1730451600, "text": "…"}}',
  clock: 'utc',
  wrote: record => 'update_id' in record,
  toRecord({channel_post: post, edited_channel_post: edited}) {
    const record = edited ?? post
    if (!isObject(record)) return 'service'
    const {message_id, chat, date, edit_date, text, caption, entities, caption_entities} = record
    return {
      ...{message_id, chat, date, edit_date},
      text: {text: text ?? '', entities: text === undefined ? undefined : entities},
      caption: {text: caption ?? '', entities: caption_entities},
    }
  },
}

const MESSAGE_TYPES = new Set<unknown>(['message', 'service', 'unsupported'])
const CHAT_TYPES =
  /^(?:saved_messages|replies|verification_codes|personal_chat|bot_chat|(?:private|public)_(?:group|supergroup|channel))$/u

/** `result.json` of Telegram Desktop: one chat, or a whole account, of which only the channels are read; also its `messages` alone. */
export const telegramDesktop: JsonDialect = {
  name: 'telegram-desktop',
  title: say('formatDesktop'),
  example:
    '{"name": "Музей", "type": "public_channel", "id": 1234567890, "messages": [{"id": 1, "type": "message", "date": "2024-11-01T12:00:00", "date_unixtime": "1730451600", "text": "…"}]}',
  clock: 'local',
  isOfChat: true,
  wrote: (record, chat) =>
    'personal_information' in chat ||
    (typeof chat['type'] === 'string' && CHAT_TYPES.test(chat['type'])) ||
    (MESSAGE_TYPES.has(record['type']) &&
      ['date_unixtime', 'from_id', 'actor_id', 'text_entities'].some(field => field in record)),
  toRecord(record, chat) {
    assertNotPrivate(record, chat)
    return record
  },
}

// Where nothing around the messages says what chat it is, the sender does: a channel's posts are from the channel.
function assertNotPrivate({id, from_id: from}: RawRecord, {type}: RawRecord): void {
  if (type === undefined && typeof from === 'string' && from.startsWith('user'))
    throw refusal(say('messageOfChat', {id: describeValue(id)}))
}
