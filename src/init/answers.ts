import {existsSync, readdirSync, statSync} from 'node:fs'
import {basename, isAbsolute, join, relative, resolve, sep} from 'node:path'

import {channelNameOf, usageError} from '@ep23/sdk'
import {message} from '../words/words.js'

/** A channel and where its posts come from; without a source every day is filled synthetically. */
export interface ChannelAnswer {
  name: string
  from?: string
}

/** What `ep23 init` has been told. */
export interface Answers {
  channels: readonly ChannelAnswer[]
  store: string
  llmUrl: string | undefined
  lang: 'ru' | 'en'
  /** Add lines to .gitignore. */
  gitignore: boolean
}

/**
 * Gives each channel its source: `@channel=PLACE` for one, `PLACE` for all that have none of their own.
 * @param names the channels; with none they are read off the sources
 * @throws Ep23Error USAGE (64) when no channel can be told from the sources
 */
export function channelsWithSources(names: readonly string[], from: readonly string[], cwd: string): ChannelAnswer[] {
  const own = new Map(from.filter(isNamed).map(value => splitAtEquals(value)))
  const shared = from.find(value => !isNamed(value))
  const named = names.length > 0 ? names.map(atName) : [...own.keys(), ...namesIn(shared, own.size, cwd)]
  const forgotten = [...own.keys()].find(name => !named.includes(name))
  if (forgotten !== undefined)
    throw usageError(message('forgotten', {forgotten}), [message('addForgotten', {forgotten})])
  return named.map(name => {
    const place = own.get(name) ?? (shared === undefined ? undefined : placeOf(name, shared, cwd))
    return place === undefined ? {name} : {name, from: asWritten(place, cwd)}
  })
}

/** `@habr, t.me/proglib` → `['@habr', '@proglib']`. */
export function parseChannelNames(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\s,]+/u)
        .filter(Boolean)
        .map(atName),
    ),
  ]
}

/** A URL as it is; a path relative to the project's folder when it is inside. */
export function asWritten(place: string, cwd: string): string {
  if (isUrl(place)) return place
  const path = relative(cwd, resolve(cwd, place))
  if (path.startsWith('..') || isAbsolute(path)) return resolve(cwd, place)
  return path.split(sep).join('/')
}

/** Whether a source is a file or folder that is not there; `FILE#Title` picks a chat of one. */
export function isMissing(place: string, cwd: string): boolean {
  return !isUrl(place) && ![place, place.replace(/#[^#]*$/u, '')].some(path => existsSync(resolve(cwd, path)))
}

export const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//iu.test(text)

function atName(text: string): string {
  const name = channelNameOf(text)
  if (name !== undefined) return name
  throw usageError(message('notChannelName', {text}), [message('writeName')])
}

const isNamed = (value: string): boolean => /^[^=/:]+=/u.test(value)

function splitAtEquals(value: string): [name: string, place: string] {
  const at = value.indexOf('=')
  return [atName(value.slice(0, at)), value.slice(at + 1)]
}

/** The channels whose exports a folder holds, by the files' names. */
function namesIn(place: string | undefined, known: number, cwd: string): string[] {
  const found = place === undefined || !isFolder(resolve(cwd, place)) ? [] : readdirSync(resolve(cwd, place))
  const stems = found.map(stem).filter(name => name !== 'result')
  const names = [...new Set(stems.flatMap(name => channelNameOf(name) ?? []))].sort()
  if (names.length > 0 || known > 0) return names
  if (place !== undefined && isMissing(place, cwd))
    throw usageError(message('noFileAt', {path: place}), [message('checkPath')])
  throw usageError(place === undefined ? message('noChannelNamed') : message('whichChannels', {place}), [
    message('nameChannels'),
  ])
}

/** The export of that name in a folder, else all of it: posts say which channel they are of. */
function placeOf(name: string, place: string, cwd: string): string {
  if (isUrl(place) || !isFolder(resolve(cwd, place))) return place
  const own = readdirSync(resolve(cwd, place)).find(entry => `@${stem(entry)}`.toLowerCase() === name.toLowerCase())
  return own === undefined ? place : join(place, own)
}

const stem = (file: string): string => basename(file).replace(/^@/u, '').replace(/\..*$/u, '')

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}
