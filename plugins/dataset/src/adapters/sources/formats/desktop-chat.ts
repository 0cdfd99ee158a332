import type {SourceChannel} from '../../../domain/source-post.js'
import {messageId, optionalString, shown} from '../records/record-fields.js'

/** What a Telegram Desktop export says of a chat before its messages, as it stands there. */
export interface DesktopChat {
  name?: unknown
  type?: unknown
  id?: unknown
  /** True when the chat is the whole file, false in an account's list of chats. */
  isWholeFile: boolean
}

// The types that Telegram Desktop writes (writeDialogStart in its export_output_json.cpp), but for the channels.
const REFUSED = new Map<unknown, string>([
  ['saved_messages', 'saved messages'],
  ['replies', 'the replies to an account'],
  ['verification_codes', 'verification codes'],
  ['personal_chat', 'a private chat'],
  ['bot_chat', 'a chat with a bot'],
  ['private_group', 'a private group'],
  ['private_supergroup', 'a private group'],
  ['public_supergroup', 'a public group'],
])

export function isChannel({type}: DesktopChat): boolean {
  return type === 'public_channel' || type === 'private_channel'
}

/** Why a chat that is no channel is not read. */
export function refusalOf(chat: DesktopChat): string {
  const what = REFUSED.get(chat.type)
  return what === undefined ? `of a type unknown here (${shown(chat.type)})` : `${what} (${String(chat.type)})`
}

/** @throws RecordProblem when name or id are not what they should be. */
export function channelOf({name, id}: DesktopChat): SourceChannel {
  const title = optionalString(name, 'name')
  return {...(title !== undefined && {title}), ...(id !== undefined && {id: messageId(id, 'id')})}
}
