import {badDataError, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

// Telegram: 5 to 32 of a-z, 0-9 and _, starts with a letter, does not end in _ and has no two _ in a row.
const USERNAME = /^[a-z](?:_?[a-z0-9])+$/iu
const PREFIXES = /^(?:https?:\/\/)?(?:t(?:elegram)?\.me\/(?:s\/)?|@)/iu

/** A public channel's name in the one form that the product stores: `@name`, lower case (Telegram ignores case). */
export type ChannelName = `@${string}`

/**
 * Reads `@name`, `name`, `t.me/name` and `https://t.me/s/name`.
 * @throws Ep23Error DATASET_BAD_CHANNEL (exit 65) with the rule that is broken.
 */
export function parseChannel(input: string): ChannelName {
  const name = input.trim().replace(PREFIXES, '').replace(/\/$/u, '')
  const problem = usernameProblem(name)
  if (problem === undefined) return `@${name.toLowerCase()}`
  throw badDataError('DATASET_BAD_CHANNEL', message('notChannelName', {input, problem}), [message('useLinkName')])
}

function usernameProblem(name: string): Message | undefined {
  if (name.length < 4 || name.length > 32) return message('nameLength', {length: name.length})
  if (!USERNAME.test(name)) return message('nameLetters')
  return undefined
}
