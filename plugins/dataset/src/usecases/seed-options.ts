import {resolve} from 'node:path'

import {badDataError, usageError} from '@ep23/sdk'

import {DEFAULT_ZONE} from '../domain/day-window.js'
import {parseChannel, type ChannelName} from '../domain/channel.js'
import {DEFAULT_POLICY, type DatasetPolicy} from './dataset-policy.js'
import type {SeedFlags} from '../flags.js'

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

export interface SeedOptions {
  channels: readonly SeedChannel[]
  policy: DatasetPolicy
  /** Last day of the window, or `latest`: the last day that all sources cover whole. */
  until: string
  timeZone: string
  /** Zone of the sources' dates without an offset; absent: UTC where Telegram's API gave them, else `timeZone`. */
  sourceTimeZone?: string
  gaps: 'synthetic' | 'fail'
  /** Largest allowed share of synthetic digests, 0 to 1. */
  maxSyntheticShare: number
  /** Of the synthetic generator. */
  seed: number
  /** Write nothing, say what would be done. */
  plan: boolean
  /** Rewrite what stands in the window and remove the channels' documents outside it. */
  replace: boolean
  /** Keep the fine records of a partly bad file and put the bad ones into quarantine. */
  skipInvalid: boolean
}

/** The `dataset` part of ep23.config.yaml. */
interface DatasetSection {
  channels?: readonly {name?: unknown; from?: unknown}[]
  days?: unknown
  minimum?: unknown
  until?: unknown
  time_zone?: unknown
  source_time_zone?: unknown
}

interface Places {
  /** The `dataset` section as it stands in the file. */
  section: unknown
  /** Folder of the settings file. */
  configDir: string
  cwd: string
  fileExists: (path: string) => boolean
}

/**
 * Flags over settings file over defaults. Channels named by `--from` or `--channels` replace those of the file.
 * @throws Ep23Error USAGE (64), CONFIG_INVALID or DATASET_BAD_CHANNEL (65)
 */
export function resolveSeedOptions(flags: SeedFlags, places: Places): SeedOptions {
  const section = readSection(places.section)
  const channels = chooseChannels(flags, section, places)
  const hasSources = channels.some(({sources}) => sources.length > 0)
  const days = flags.days ?? wholeNumberIn(section, 'days') ?? DEFAULT_POLICY.days
  const minimum = flags.minimum ?? wholeNumberIn(section, 'minimum') ?? DEFAULT_POLICY.minimum
  const sourceTimeZone = flags['source-time-zone'] ?? textIn(section, 'source_time_zone')
  if (minimum > days)
    throw usageError(`--minimum ${minimum} cannot be met: the window has ${days} days`, [
      'lower --minimum or raise --days',
    ])
  return {
    channels,
    policy: {channels: DEFAULT_POLICY.channels, days, minimum},
    until: flags.until ?? (flags.from ? 'latest' : textIn(section, 'until')) ?? (hasSources ? 'latest' : yesterday()),
    timeZone: flags['time-zone'] ?? textIn(section, 'time_zone') ?? DEFAULT_ZONE,
    ...(sourceTimeZone !== undefined && {sourceTimeZone}),
    gaps: flags.gaps === 'fail' ? 'fail' : 'synthetic',
    maxSyntheticShare: flags['max-synthetic-share'],
    seed: flags.seed,
    plan: flags.plan ?? false,
    replace: flags.replace ?? false,
    skipInvalid: flags['skip-invalid'] ?? false,
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
  {from, channels}: SeedFlags,
  section: DatasetSection,
  {configDir, cwd, fileExists}: Places,
): SeedChannel[] {
  const chosenNames = channels === undefined ? undefined : listed(channels)
  const given = mergeSources((from ?? []).map(value => parseFrom(value, sourceIn(cwd, fileExists))))
  const configured = mergeSources(
    (section.channels ?? []).map(entry => fromConfig(entry, sourceIn(configDir, fileExists))),
  )
  const known = given.length > 0 ? given : configured
  const chosen =
    chosenNames?.map(name => [...given, ...configured].find(channel => channel.name === name) ?? {name, sources: []}) ??
    known
  if (chosen.length === 0)
    throw usageError('no channel is named', [
      '--from @channel=FILE',
      '--channels @a,@b',
      'or list them in ep23.config.yaml',
    ])
  if (new Set(chosen.map(({name}) => name)).size < chosen.length)
    throw usageError('a channel is named twice in --channels')
  return chosen
}

function parseFrom(value: string, toSource: ToSource): SeedChannel {
  const [, name, path] = /^([^=]+)=(.+)$/u.exec(value) ?? []
  if (name === undefined || path === undefined)
    throw usageError(`--from ${value}: expected @channel=FILE`, ['--from @habr=exports/habr.json'])
  return {name: parseChannel(name), sources: [toSource(path)]}
}

function fromConfig({name, from}: {name?: unknown; from?: unknown}, toSource: ToSource): SeedChannel {
  if (typeof name !== 'string')
    throw badDataError('CONFIG_INVALID', 'ep23.config.yaml: every entry of dataset.channels needs a name')
  const paths = from === undefined ? [] : Array.isArray(from) ? from : [from]
  return {name: parseChannel(name), sources: paths.map(path => toSource(String(path)))}
}

type ToSource = (value: string) => SeedSource

// `FILE#Title` picks a chat, but a # may also stand in a file's own name.
function sourceIn(folder: string, fileExists: Places['fileExists']): ToSource {
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

function readSection(section: unknown): DatasetSection {
  if (section === undefined || section === null) return {}
  if (typeof section === 'object' && !Array.isArray(section)) return section
  throw badDataError('CONFIG_INVALID', 'ep23.config.yaml: dataset must hold keys with values')
}

function wholeNumberIn(section: DatasetSection, key: 'days' | 'minimum'): number | undefined {
  const value = section[key]
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 1)) return value as number | undefined
  throw badDataError(
    'CONFIG_INVALID',
    `ep23.config.yaml: dataset.${key} must be a whole number from 1, it is ${JSON.stringify(value)}`,
  )
}

function textIn(section: DatasetSection, key: 'until' | 'time_zone' | 'source_time_zone'): string | undefined {
  const value = section[key]
  if (value === undefined || typeof value === 'string') return value
  throw badDataError('CONFIG_INVALID', `ep23.config.yaml: dataset.${key} must be a text in quotes`)
}

const yesterday = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
