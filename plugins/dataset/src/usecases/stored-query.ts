import type {Collection, Condition, Filter, Scalar, Tally} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import type {Origin} from '../domain/document-values.js'
import {channelIn, type Fields} from '../domain/team-fields.js'

/** Which stored documents are wanted; what is absent does not narrow. */
export interface StoredQuery {
  /** Created at this moment or later. */
  from?: Date
  /** Created before this moment. */
  to?: Date
  /** In their one form, `@name`. */
  channels?: readonly string[]
  origin?: string
  /** Primary subtag: `ru` also takes `ru-RU`. */
  language?: string
}

export type RawCollection = Collection<Fields>

/** Documents of a channel whose name nobody can read stand under this one, behind no name: they are never lost in silence. */
export const NO_CHANNEL = ''

const RUSSIAN = 'ru'

/** The part of a query that does not depend on how channel and date are written; undefined for what the groups have nothing of. */
export function originAndLanguage(
  {originField}: Pick<DocumentKind<unknown>, 'originField'>,
  {origin, language}: StoredQuery,
  groups: readonly Tally[],
): Filter {
  const tags = new Set(groups.map(({texts}) => texts['language']))
  // The store cannot match a prefix: the tags in use are few.
  const wanted = [...tags].filter(tag => typeof tag === 'string').filter(tag => isLanguage(language, tag))
  return {
    ...(origin !== undefined && {[originField]: {$in: spellingsOf(origin)}}),
    ...(language !== undefined && {language: {$in: language === RUSSIAN ? [...wanted, null] : wanted}}),
  }
}

/** Whether a query wants the documents of a group, whatever their dates. */
export function wantsGroup(
  {channelField, originField}: Pick<DocumentKind<unknown>, 'originField'> & {channelField: string},
  {channels, origin, language}: StoredQuery,
  {texts}: Tally,
): boolean {
  const channel = texts[channelField]
  if (channel === undefined) return false
  if (channels !== undefined && !channels.includes(channelIn(channel) ?? NO_CHANNEL)) return false
  if (origin !== undefined && !spellingsOf(origin).includes(texts[originField] as Scalar)) return false
  return language === undefined || isLanguage(language, texts['language'])
}

// The team's documents may leave the language out.
function isLanguage(language: string | undefined, tag: string | null | undefined): boolean {
  if (tag === null) return language === RUSSIAN
  return tag !== undefined && (tag === language || tag.startsWith(`${language}-`))
}

/** Dates as the store's own type between the query's moments. */
export function datedBetween({from, to}: StoredQuery): Condition {
  return {$gte: from ?? new Date('0000-01-01T00:00:00.000Z'), $lt: to ?? new Date('9999-12-31T23:59:59.999Z')}
}

// The team's documents say no origin.
function spellingsOf(origin: string): Scalar[] {
  return origin === ('team' satisfies Origin) ? [origin, null] : [origin]
}
