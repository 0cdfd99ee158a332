import {badDataError, type Store, type Text} from '@ep23/sdk'

import {dayOf} from '../domain/day-window.js'
import type {Digest} from '../domain/digest.js'
import {digestKind} from '../domain/document-kind.js'
import type {IncomingDocument} from '../domain/file-record.js'
import {WRITER_KINDS, type WriterKind} from '../domain/document-values.js'
import {HISTORY, type HistoryEntry} from './history.js'
import {writerOf} from './writer-of.js'
import {plainFields} from './imported-fields.js'
import {toDigest} from './to-documents.js'
import {diffDigests, type DigestDiff} from './diff-digests.js'
import {dayDocuments, type ChannelDay} from './show-day.js'
import {message} from '../words/words.js'

export interface CompareDeps {
  store: Store
  /** The records of a file of documents or export lines. */
  readDocuments: (path: string) => AsyncIterable<IncomingDocument>
  readText: (path: string) => Promise<string>
}

export interface ComparedDigests extends DigestDiff {
  before: Text
  after: string
}

/**
 * The stored digest of a day against another version of it: what the last run replaced (`history`), another writer's (`team`, …), or
 * one in a file.
 * @throws Ep23Error DATASET_NO_DIGEST, DATASET_NO_HISTORY (65)
 */
export async function compareDigests(deps: CompareDeps, wanted: ChannelDay, other: string): Promise<ComparedDigests> {
  const {digests} = await dayDocuments(deps.store, wanted)
  const ownFirst = digests.toSorted((a, b) => Number(a.isTeam) - Number(b.isTeam))
  const stored = ownFirst.map(({document}) => document)
  const before = await otherVersion(deps, other, stored, wanted)
  const after = stored.find(digest => nameOf(digest) !== before.name)
  if (after === undefined)
    throw badDataError('DATASET_NO_DIGEST', message('onlyOneDigest', {channel: wanted.channel, day: wanted.day}), [
      message('compareWithOther'),
    ])
  const diff = diffDigests(before.markdown, after.summary_markdown)
  return {before: before.name, after: nameOf(after), ...diff}
}

async function otherVersion(
  {store, readDocuments, readText}: CompareDeps,
  other: string,
  digests: readonly Digest[],
  wanted: ChannelDay,
): Promise<Version> {
  if (other === 'history') return lastVersion(store, digests[0]?.digest_id ?? `${wanted.channel}:${wanted.day}`)
  if (isWriter(other)) return versionBy(other, digests, wanted)
  if (/\.(?:md|markdown|txt)$/iu.test(other)) return {name: other, markdown: await readText(other)}
  return versionInFile(other, readDocuments(other), wanted)
}

/** A version to compare with. */
interface Version {
  name: Text
  markdown: string
}

function isWriter(name: string): name is WriterKind {
  return WRITER_KINDS.includes(name as WriterKind)
}

/** The version that the last run replaced or removed. @throws Ep23Error DATASET_NO_HISTORY (65) */
async function lastVersion(store: Store, digest_id: string): Promise<Version> {
  const versions = store
    .collection<HistoryEntry>(HISTORY)
    .find({collection: digestKind.collection, document_id: digest_id}, {sort: {recorded_at: -1}, limit: 1})
  for await (const {document, recorded_at, run_id} of versions)
    return {
      name: message('replacedOn', {digest_id, at: recorded_at.toISOString(), run_id}),
      markdown: (document as Digest).summary_markdown,
    }
  throw badDataError('DATASET_NO_HISTORY', message('noEarlierDigest', {digest_id}), [
    message('compareWithFile'),
    message('compareWithWriter', {writerKinds: WRITER_KINDS.join('|')}),
  ])
}

/** The digest of the day that another writer wrote. @throws Ep23Error DATASET_NO_DIGEST (65) */
function versionBy(writer: WriterKind, digests: readonly Digest[], {channel, day}: ChannelDay): Version {
  const found = digests.find(digest => kindOf(digest) === writer)
  if (found) return {name: nameOf(found), markdown: found.summary_markdown}
  throw badDataError('DATASET_NO_DIGEST', message('noDigestByWriter', {channel, day, writer}), [
    message('digestsBy', {digests: [...new Set(digests.map(kindOf))].join(', ')}),
  ])
}

/** The digest of the channel and day in a file of documents or export lines. */
async function versionInFile(
  path: string,
  records: AsyncIterable<IncomingDocument>,
  {channel, day, zone}: ChannelDay,
): Promise<Version> {
  for await (const {value, problem} of records) {
    if (problem !== undefined) continue
    const document = toDigest(plainFields(value).fields, {timeZone: zone}).document as Partial<Digest>
    const {channel: name, created_at, summary_markdown} = document
    const isOfDay = created_at instanceof Date && !Number.isNaN(created_at.getTime()) && dayOf(created_at, zone) === day
    if (name === channel && isOfDay && typeof summary_markdown === 'string')
      return {name: `${document.digest_id} in ${path}`, markdown: summary_markdown}
  }
  throw badDataError('DATASET_NO_DIGEST', message('fileHasNoDigest', {path, channel, day}), [message('giveDigestFile')])
}

function nameOf(digest: Digest): string {
  return `${digest.digest_id} (${kindOf(digest)}, ${digest.metadata.llm_model})`
}

function kindOf(digest: Digest): WriterKind {
  return writerOf(digestKind, digest).kind
}
