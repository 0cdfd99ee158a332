import {badDataError, type Store} from '@ep23/sdk'

import {dayOf} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import {digestKind} from '../../domain/documents/document-kind.js'
import type {IncomingDocument} from '../../domain/incoming-document.js'
import {plainFields} from '../import/imported-fields.js'
import {toDigest} from '../import/to-documents.js'
import type {ChannelDay} from './day-documents.js'
import {writerKind, WRITERS, type Writer} from './writer-kind.js'

/** A version to compare with. */
export interface Version {
  name: string
  markdown: string
}

/** Where replaced and removed versions are kept. */
const HISTORY = 'ep23_history'

interface LostVersion {
  document_id: string
  recorded_at: Date
  run_id: string
  document: Digest
}

export function isWriter(name: string): name is Writer {
  return WRITERS.includes(name as Writer)
}

/** The version that the last run replaced or removed. @throws Ep23Error DATASET_NO_HISTORY (65) */
export async function lastVersion(store: Store, digest_id: string): Promise<Version> {
  const versions = store
    .collection<LostVersion>(HISTORY)
    .find({collection: digestKind.collection, document_id: digest_id}, {sort: {recorded_at: -1}, limit: 1})
  for await (const {document, recorded_at, run_id} of versions)
    return {
      name: `${digest_id}, replaced on ${recorded_at.toISOString()} by run ${run_id}`,
      markdown: document.summary_markdown,
    }
  throw badDataError('DATASET_NO_HISTORY', `no earlier version of ${digest_id} is in the history`, [
    'compare with a file: --with FILE',
    `or with another writer's digest of the day: --with ${WRITERS.join('|')}`,
  ])
}

/** The digest of the day that another writer wrote. @throws Ep23Error DATASET_NO_DIGEST (65) */
export function versionBy(writer: Writer, digests: readonly Digest[], {channel, day}: ChannelDay): Version {
  const found = digests.find(({metadata}) => writerKind(metadata) === writer)
  if (found) return {name: nameOf(found), markdown: found.summary_markdown}
  throw badDataError('DATASET_NO_DIGEST', `${channel} has no digest of ${day} by the writer "${writer}"`, [
    `the day's digests are by ${[...new Set(digests.map(({metadata}) => writerKind(metadata)))].join(', ')}`,
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

export function nameOf({digest_id, metadata}: Digest): string {
  return `${digest_id} (${writerKind(metadata)}, ${metadata.llm_model})`
}
