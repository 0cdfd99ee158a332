import {refusal} from '../records/refusal.js'
import {shown, type RawRecord} from '../records/record-fields.js'
import type {JsonDialect} from './json-format.js'

const MESSAGE_TYPES = new Set<unknown>(['message', 'service', 'unsupported'])
const CHAT_TYPES =
  /^(?:saved_messages|replies|verification_codes|personal_chat|bot_chat|(?:private|public)_(?:group|supergroup|channel))$/u

/** `result.json` of Telegram Desktop: one chat, or a whole account, of which only the channels are read; also its `messages` alone. */
export const telegramDesktop: JsonDialect = {
  name: 'telegram-desktop',
  title: 'a Telegram Desktop export',
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
    refusePrivate(record, chat)
    return record
  },
}

// Where nothing around the messages says what chat it is, the sender does: a channel's posts are from the channel.
function refusePrivate({id, from_id: from}: RawRecord, {type}: RawRecord): void {
  if (type === undefined && typeof from === 'string' && from.startsWith('user'))
    throw refusal(`message ${shown(id)} is of a private chat or group, only posts of channels are read`)
}
