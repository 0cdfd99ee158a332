import {createHash} from 'node:crypto'

import type {Anchor} from '../domain/baseline.js'
import {type BoardLine, isMeasuredDay, measuredChannels} from '../domain/board-line.js'
import {ANCHORS} from '../domain/instrument.js'

/** A record of an export, as it stands in a day's file. */
export interface DigestRow {
  sample_id: string
  channel: string
}

/** An anchor with the record that is judged anew. */
export interface ChosenAnchor extends Anchor {
  record: DigestRow
}

/** Digests of measured days in the order of their hashes, which nobody chose. */
export function chooseAnchors(
  lines: readonly BoardLine[],
  recordsOf: ReadonlyMap<string, readonly DigestRow[]>,
): ChosenAnchor[] {
  const candidates = lines.filter(isMeasuredDay).flatMap(line => {
    const records = recordsOf.get(line.day) ?? []
    return measuredChannels(line).flatMap(([channel, {scores, digest_sha256}]) => {
      const record = records.find(found => found.channel === channel)
      return record
        ? [{sample_id: record.sample_id, scores, record, order: hashOf(record.sample_id + digest_sha256)}]
        : []
    })
  })
  return candidates
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, ANCHORS)
    .toSorted((a, b) => (a.sample_id < b.sample_id ? -1 : 1))
    .map(({sample_id, scores, record}) => ({sample_id, scores, record}))
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
