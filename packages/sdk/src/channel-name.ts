const PREFIXES = /^(?:https?:\/\/)?(?:t(?:elegram)?\.me\/(?:s\/)?|@)/iu
// Telegram: 5 to 32 of a-z, 0-9 and _ (some old names have 4), starts with a letter, does not end in _ and has no two _ in a row.
const USERNAME = /^(?=.{4,32}$)[a-z](?:_?[a-z0-9])+$/u

/** What stands for the name in `@name`, `t.me/name` or `https://t.me/s/name`, in lower case, whether it can be one or not. */
export function bareChannelName(input: string): string {
  return input.trim().replace(PREFIXES, '').replace(/\/$/u, '').toLowerCase()
}

/**
 * A public channel's name in the one form that the product stores: `@name`, lower case (Telegram ignores case).
 * @returns undefined for what cannot be a channel's name
 */
export function channelNameOf(input: string): `@${string}` | undefined {
  const name = bareChannelName(input)
  return USERNAME.test(name) ? `@${name}` : undefined
}
