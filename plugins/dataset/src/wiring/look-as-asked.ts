import {readFile} from 'node:fs/promises'

import {badDataError, usageError, type CommandResult, type Runtime} from '@ep23/sdk'

import {documentRecords} from '../adapters/sources/document-records.js'
import {filesAt} from '../adapters/sources/files-at.js'
import {lastSnapshotWindow} from '../adapters/evidence/snapshot-folder.js'
import {parseChannel} from '../domain/channel.js'
import type {Digest} from '../domain/digest.js'
import type {WriterKind, Origin} from '../domain/origin.js'
import {momentIn} from '../domain/team-fields.js'
import {dayDocuments, type ChannelDay, renderDay} from '../usecases/look/show-day.js'
import {
  diffDigests,
  renderDiff,
  type DigestDiff,
  isWriter,
  lastVersion,
  nameOf,
  versionBy,
  versionInFile,
  type Version,
} from '../usecases/look/diff-digests.js'
import {listDigests, renderList, type DigestList} from '../usecases/look/list-digests.js'

const DEFAULT_ZONE = 'Europe/Moscow'

interface DayArguments {
  channel: string
  day: string
}

interface ZoneFlag {
  'time-zone'?: string | undefined
}

export interface ShownDay {
  channel: string
  day: string
  digests: object[]
  review_reports: object[]
}

/** `dataset:show`. */
export async function showAsAsked(
  runtime: Runtime,
  args: DayArguments,
  flags: ZoneFlag & {posts: boolean; review: boolean},
): Promise<CommandResult<ShownDay>> {
  const asked = await channelDay(runtime, args, flags)
  const found = await dayDocuments(runtime.store, asked)
  return {
    data: {
      channel: asked.channel,
      day: asked.day,
      digests: found.digests.map(({document}) => document),
      review_reports: found.review_reports.map(({document}) => document),
    },
    text: renderDay(found, flags),
  }
}

/** `dataset:list`. */
export async function listAsAsked(
  runtime: Runtime,
  flags: ZoneFlag & {
    channel?: readonly string[] | undefined
    origin?: Origin | undefined
    writer?: WriterKind | undefined
    limit: number
  },
): Promise<CommandResult<DigestList>> {
  const {origin, writer, limit} = flags
  const list = await listDigests(runtime.store, {
    ...{limit, zone: await zoneOf(runtime, flags)},
    ...(flags.channel && {channels: flags.channel.map(parseChannel)}),
    ...(origin && {origin}),
    ...(writer && {writer}),
  })
  return {data: list, text: renderList(list)}
}

export interface ComparedDigests extends DigestDiff {
  before: string
  after: string
}

/** `dataset:diff`: the stored digest against an earlier version, another writer's, or one in a file. */
export async function diffAsAsked(
  runtime: Runtime,
  args: DayArguments,
  flags: ZoneFlag & {with: string},
): Promise<CommandResult<ComparedDigests>> {
  const asked = await channelDay(runtime, args, flags)
  const {digests} = await dayDocuments(runtime.store, asked)
  const ownFirst = digests.toSorted((a, b) => Number(a.isTeam) - Number(b.isTeam))
  const stored = ownFirst.map(({document}) => document)
  const before = await otherVersion(runtime, flags.with, stored, asked)
  const after = stored.find(digest => nameOf(digest) !== before.name)
  if (after === undefined)
    throw badDataError('DATASET_NO_DIGEST', `${asked.channel} has one digest of ${asked.day}, and it is this one`, [
      'compare with --with history or a file',
    ])
  const diff = diffDigests(before.markdown, after.summary_markdown)
  const names = {before: before.name, after: nameOf(after)}
  return {data: {...names, ...diff}, text: renderDiff(diff, names)}
}

async function otherVersion(
  {store, signal}: Runtime,
  other: string,
  [first, ...others]: readonly Digest[],
  asked: ChannelDay,
): Promise<Version> {
  const digests = first === undefined ? others : [first, ...others]
  if (other === 'history') return lastVersion(store, first?.digest_id ?? `${asked.channel}:${asked.day}`)
  if (isWriter(other)) return versionBy(other, digests, asked)
  if (/\.(?:md|markdown|txt)$/iu.test(other)) {
    await filesAt(other)
    return {name: other, markdown: await readFile(other, 'utf8')}
  }
  return versionInFile(other, documentRecords(other, {signal}), asked)
}

async function channelDay(runtime: Runtime, {channel, day}: DayArguments, flags: ZoneFlag): Promise<ChannelDay> {
  if (momentIn(/^\d{4}-\d{2}-\d{2}$/u.test(day) ? day : undefined) === undefined)
    throw usageError(`expected a day from 2013 to 2099 as YYYY-MM-DD but received: ${day}`)
  return {channel: parseChannel(channel), day, zone: await zoneOf(runtime, flags)}
}

async function zoneOf({settings}: Runtime, flags: ZoneFlag): Promise<string> {
  return flags['time-zone'] ?? (await lastSnapshotWindow(settings.datasetDir))?.time_zone ?? DEFAULT_ZONE
}
