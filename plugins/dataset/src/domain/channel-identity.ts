import type {SourceChannel} from './source-post.js'

/**
 * Whether two sources speak of the same channel, by the strongest thing that both know: the number, else the username, else
 * the title. Undefined when they know nothing in common.
 * @example isSameChannel({id: '7', title: 'Музей'}, {id: '7', title: 'Музей (архив)'}) // true: renamed
 */
export function isSameChannel(a: SourceChannel, b: SourceChannel): boolean | undefined {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id
  if (a.username !== undefined && b.username !== undefined) return a.username.toLowerCase() === b.username.toLowerCase()
  if (a.title !== undefined && b.title !== undefined) return a.title === b.title
  return undefined
}

/** Whether a channel is the one that a person names: by title, by `@name` or name, or by a number of any form. */
export function isNamed({id, username, title}: SourceChannel, wanted: string): boolean {
  const bare = wanted.trim().replace(/^@/u, '')
  const number = bare.replace(/^-100(?=\d{6,})|^-/u, '')
  return (
    title === wanted.trim() || username?.toLowerCase() === bare.toLowerCase() || (id !== undefined && id === number)
  )
}

/** A channel in the words of a message. */
export function channelLabel({username, title, id}: SourceChannel): string {
  return username === undefined ? (title ?? id ?? 'an unnamed channel') : `@${username}`
}
