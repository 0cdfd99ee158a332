import {joined, type Message} from '@ep23/sdk'

import {message as say} from '../words/words.js'

/** What a check can object to; each names one kind of evidence that does not hold. */
const FINDING_RULES = [
  'exporter',
  'schema',
  'snapshot',
  'order',
  'canonical',
  'bytes',
  'hash',
  'count',
  'round-trip',
  'samples',
  'manifest',
  'file',
  'archive',
  'signature',
] as const
type FindingRule = (typeof FINDING_RULES)[number]

/** One thing that differs from what it should be, with its place as exactly as it is known. */
export interface Finding {
  rule: FindingRule
  /** Exporter whose evidence this is; absent for the folder as a whole. */
  exporter?: string
  file?: string
  /** Line in the file's text, from 1. */
  line?: number
  sample_id?: string
  /** RFC 6901 JSON Pointer into the record or file. */
  pointer?: string
  message: Message
}

/** `digests · digests.jsonl line 17 · @habr:2024-11-05 · /metadata/origin: must be …` */
export function describeFinding({exporter, file, line, sample_id, pointer, message}: Finding): Message {
  const lineInFile = file && (line === undefined ? file : say('lineOf', {file, line}))
  const known = [exporter, lineInFile, sample_id, pointer].flatMap(part => part || [])
  return known.length > 0 ? joined([joined(known, ' · '), message], ': ') : message
}

const MOST_KEPT = 20

/** Findings in the order they were met: the first ones kept, all of them counted. */
export class FindingList {
  readonly kept: Finding[] = []
  total = 0

  add(finding: Finding): void {
    this.total += 1
    if (this.kept.length < MOST_KEPT) this.kept.push(finding)
  }

  addAll({kept, total}: FindingList): void {
    this.total += total
    this.kept.push(...kept.slice(0, MOST_KEPT - this.kept.length))
  }
}
