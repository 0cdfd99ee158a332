import {badDataError, bareChannelName, channelNameOf} from '@ep23/sdk'
import {message} from '../words/words.js'

/** A public channel's name in the one form that the product stores: `@name`, lower case. */
export type ChannelName = `@${string}`

/**
 * Reads `@name`, `name`, `t.me/name` and `https://t.me/s/name`.
 * @throws Ep23Error DATASET_BAD_CHANNEL (exit 65) with the rule that is broken.
 */
export function parseChannel(input: string): ChannelName {
  const name = channelNameOf(input)
  if (name !== undefined) return name
  const {length} = bareChannelName(input)
  const problem = length < 4 || length > 32 ? message('nameLength', {length}) : message('nameLetters')
  throw badDataError('DATASET_BAD_CHANNEL', message('notChannelName', {input, problem}), [message('useLinkName')])
}
