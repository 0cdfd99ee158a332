import {resolve} from 'node:path'

import {badDataError, usageError, verbatim} from '@ep23/sdk'

import {parseChannel, type ChannelName} from '../domain/channel.js'
import {DEFAULT_ZONE} from '../domain/day-window.js'
import type {SeedFlags} from '../flags.js'
import {message} from '../words/words.js'

/** Whether a source is the team's database, and no file. */
export function isDatabase(source: string): boolean {
  return /^mongodb(?:\+srv)?:\/\//u.test(source)
}

/** A file or folder of posts, or the team's database; `chat` picks one channel by title or id where a file holds several without usernames. */
export interface SeedSource {
  path: string
  chat?: string
}

export interface SeedChannel {
  name: ChannelName
  /** Where its posts are read from; none means that every day is a gap. */
  sources: readonly SeedSource[]
}

/** Where posts come from, and in which zones their dates are read. */
export interface SourceOptions {
  channels: readonly SeedChannel[]
  timeZone: string
  /** Zone of the sources' dates without an offset; absent: UTC where Telegram's API gave them, else `timeZone`. */
  sourceTimeZone?: string
}

/** The `dataset` part of ep23.config.yaml. */
export interface DatasetSection {
  channels?: readonly {name?: unknown; from?: unknown}[]
  days?: unknown
  minimum?: unknown
  until?: unknown
  time_zone?: unknown
  source_time_zone?: unknown
}

/** The flags that name sources. */
type SourceFlags = Partial<Pick<SeedFlags, 'from' | 'channels' | 'time-zone' | 'source-time-zone'>>

export interface SettingsFile {
  /** The `dataset` section as it stands in the file. */
  section: unknown
  /** Folder of the settings file. */
  configDir: string
  cwd: string
  fileExists: (path: string) => boolean
}

/** Where posts come from: flags over settings file over defaults. @throws Ep23Error USAGE (64), CONFIG_INVALID or DATASET_BAD_CHANNEL (65) */
export function resolveSources(flags: SourceFlags, file: SettingsFile): SourceOptions {
  const section = readSection(file.section)
  const sourceTimeZone = flags['source-time-zone'] ?? textIn(section, 'source_time_zone')
  return {
    channels: chooseChannels(flags, section, file),
    timeZone: flags['time-zone'] ?? textIn(section, 'time_zone') ?? DEFAULT_ZONE,
    ...(sourceTimeZone !== undefined && {sourceTimeZone}),
  }
}

/** The channels that are named without their sources: by `--channels`, else in the settings file. */
export function channelNames(channels: string | undefined, section: unknown): ChannelName[] {
  if (channels !== undefined) return listed(channels)
  return (readSection(section).channels ?? []).flatMap(({name}) => (typeof name === 'string' ? parseChannel(name) : []))
}

function listed(channels: string): ChannelName[] {
  return channels
    .split(',')
    .filter(name => name.trim() !== '')
    .map(parseChannel)
}

function chooseChannels(
  {from, channels}: SourceFlags,
  section: DatasetSection,
  {configDir, cwd, fileExists}: SettingsFile,
): SeedChannel[] {
  const chosenNames = channels === undefined ? undefined : listed(channels)
  const given = mergeSources((from ?? []).map(value => parseFrom(value, sourceIn(cwd, fileExists))))
  const configured = mergeSources(
    (section.channels ?? []).map(entry => fromConfig(entry, sourceIn(configDir, fileExists))),
  )
  validateNoneLeftOut(given, chosenNames)
  const known = given.length > 0 ? given : configured
  const chosen =
    chosenNames?.map(name => [...given, ...configured].find(channel => channel.name === name) ?? {name, sources: []}) ??
    known
  if (chosen.length === 0)
    throw usageError(message('noChannelNamed'), [
      verbatim('--from @channel=FILE'),
      verbatim('--channels @a,@b'),
      message('orInSettings'),
    ])
  if (new Set(chosen.map(({name}) => name)).size < chosen.length) throw usageError(message('channelTwice'))
  return chosen
}

// A real export that is passed over in silence is one that somebody believes to be in the dataset.
function validateNoneLeftOut(given: readonly SeedChannel[], chosen: readonly ChannelName[] | undefined): void {
  const leftOut = given.flatMap(({name}) => (chosen === undefined || chosen.includes(name) ? [] : name)).join(', ')
  if (leftOut !== '')
    throw usageError(message('fromLeftOut', {channels: leftOut}), [
      message('addToChannels', {channels: leftOut}),
      message('leaveFromOut'),
    ])
}

function parseFrom(value: string, toSource: ToSource): SeedChannel {
  const [, name, path] = /^([^=]+)=(.+)$/u.exec(value) ?? []
  if (name === undefined || path === undefined)
    throw usageError(message('expectedFrom', {value}), [verbatim('--from @habr=exports/habr.json')])
  return {name: parseChannel(name), sources: [toSource(path)]}
}

function fromConfig({name, from}: {name?: unknown; from?: unknown}, toSource: ToSource): SeedChannel {
  if (typeof name !== 'string') throw badDataError('CONFIG_INVALID', message('channelNeedsName'))
  const paths = from === undefined ? [] : Array.isArray(from) ? from : [from]
  return {name: parseChannel(name), sources: paths.map(path => toSource(String(path)))}
}

type ToSource = (value: string) => SeedSource

// `FILE#Title` picks a chat, but a # may also stand in a file's own name.
function sourceIn(folder: string, fileExists: SettingsFile['fileExists']): ToSource {
  return value => {
    const cut = value.lastIndexOf('#')
    if (isDatabase(value)) return cut < 1 ? {path: value} : {path: value.slice(0, cut), chat: value.slice(cut + 1)}
    const whole = resolve(folder, value)
    if (cut < 1 || fileExists(whole)) return {path: whole}
    return {path: resolve(folder, value.slice(0, cut)), chat: value.slice(cut + 1)}
  }
}

function mergeSources(channels: readonly SeedChannel[]): SeedChannel[] {
  const merged = new Map<ChannelName, SeedSource[]>()
  for (const {name, sources} of channels) merged.set(name, [...(merged.get(name) ?? []), ...sources])
  return [...merged].map(([name, sources]) => ({name, sources}))
}

export function readSection(section: unknown): DatasetSection {
  if (section === undefined || section === null) return {}
  if (typeof section === 'object' && !Array.isArray(section)) return section
  throw badDataError('CONFIG_INVALID', message('datasetHoldsKeys'))
}

export function textIn(section: DatasetSection, key: 'until' | 'time_zone' | 'source_time_zone'): string | undefined {
  const value = section[key]
  if (value === undefined || typeof value === 'string') return value
  throw badDataError('CONFIG_INVALID', message('mustBeText', {key}))
}
