import {badDataError, type Store} from '@ep23/sdk'

import {dayOf} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import {WRITER_KINDS, type WriterKind} from '../../domain/documents/writer-kinds.js'
import type {IncomingDocument} from '../../domain/incoming-document.js'
import {HISTORY, type HistoryEntry} from '../../domain/history-entry.js'
import {writerOf} from '../writer-of.js'
import {plainFields} from '../import/imported-fields.js'
import {toDigest} from '../import/to-documents.js'
import type {ChannelDay} from './day-documents.js'

/** A version to compare with. */
export interface Version {
  name: string
  markdown: string
}

export function isWriter(name: string): name is WriterKind {
  return WRITER_KINDS.includes(name as WriterKind)
}

/** The version that the last run replaced or removed. @throws Ep23Error DATASET_NO_HISTORY (65) */
export async function lastVersion(store: Store, digest_id: string): Promise<Version> {
  const versions = store
    .collection<HistoryEntry>(HISTORY)
    .find({collection: digestKind.collection, document_id: digest_id}, {sort: {recorded_at: -1}, limit: 1})
  for await (const {document, recorded_at, run_id} of versions)
    return {
      name: `${digest_id}, replaced on ${recorded_at.toISOString()} by run ${run_id}`,
      markdown: (document as Digest).summary_markdown,
    }
  throw badDataError('DATASET_NO_HISTORY', `no earlier version of ${digest_id} is in the history`, [
    'compare with a file: --with FILE',
    `or with another writer's digest of the day: --with ${WRITER_KINDS.join('|')}`,
  ])
}

/** The digest of the day that another writer wrote. @throws Ep23Error DATASET_NO_DIGEST (65) */
export function versionBy(writer: WriterKind, digests: readonly Digest[], {channel, day}: ChannelDay): Version {
  const found = digests.find(digest => kindOf(digest) === writer)
  if (found) return {name: nameOf(found), markdown: found.summary_markdown}
  throw badDataError('DATASET_NO_DIGEST', `${channel} has no digest of ${day} by the writer "${writer}"`, [
    `the day's digests are by ${[...new Set(digests.map(kindOf))].join(', ')}`,
  ])
}

/** The digest of the channel and day in a file of documents or export lines; of a Markdown file, all of it. */
export async function versionInFile(
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
  throw badDataError('DATASET_NO_DIGEST', `${path} has no digest of ${channel} of ${day}`, [
    'give a file of digests or of exported records, or the digest itself as a .md file',
  ])
}

export function nameOf(digest: Digest): string {
  return `${digest.digest_id} (${kindOf(digest)}, ${digest.metadata.llm_model})`
}

function kindOf(digest: Digest): WriterKind {
  return writerOf(digestKind, digest).kind
}
