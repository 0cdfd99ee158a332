import type {Filter, Scalar, Tally} from '@ep23/sdk'

import type {DocumentKind} from '../domain/document-kind.js'
import type {Origin} from '../domain/document-values.js'
import {channelIn} from '../domain/team-fields.js'
import {BEGINNING_OF_TIME, datedBetween, NO_CHANNEL, type RawCollection, type StoredQuery} from './stored-query.js'

const RUSSIAN = 'ru'

/** The documents of a window in groups that a query takes whole or not at all. */
export type GroupsIn = (window: Pick<StoredQuery, 'from' | 'to'>) => Promise<Tally[]>

/** Asks the store once a window; one that every date lies in is no window. */
export function groupReader<T>(
  collection: RawCollection,
  kind: DocumentKind<T>,
  {language, origin}: StoredQuery,
): GroupsIn {
  const languages = language === undefined ? [] : ['language']
  const origins = origin === undefined ? [] : [kind.originField]
  const fields = {texts: [kind.channelField, ...languages, ...origins], date: 'created_at'}
  const known = new Map<string, Promise<Tally[]>>()
  return window => {
    const {from, to} = window
    const isAll = to === undefined && (from === undefined || from.getTime() <= BEGINNING_OF_TIME)
    const key = isAll ? '' : `${from?.getTime()} ${to?.getTime()}`
    const groups = known.get(key) ?? collection.tally(isAll ? {} : {created_at: datedBetween(window)}, fields)
    known.set(key, groups)
    return groups
  }
}

/** The ways in which a collection writes each wanted channel (`@Habr`, `t.me/habr`), by the channel's one name. */
export function channelSpellings<T>(
  {channelField}: DocumentKind<T>,
  {channels}: StoredQuery,
  groups: readonly Tally[],
): Map<string, Scalar[]> {
  const spellings = new Map<string, Scalar[]>()
  for (const value of new Set(groups.map(({texts}) => texts[channelField]))) {
    if (value === undefined) continue
    const name = channelIn(value) ?? NO_CHANNEL
    if (channels === undefined || channels.includes(name)) spellings.set(name, [...(spellings.get(name) ?? []), value])
  }
  return spellings
}

/** The part of a query that does not depend on how channel and date are written. */
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

// The team's documents say no origin.
function spellingsOf(origin: string): Scalar[] {
  return origin === ('team' satisfies Origin) ? [origin, null] : [origin]
}
