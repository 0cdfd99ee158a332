import type {StoredRun} from '../../domain/run-folder.js'
import type {SampleLine} from '../../domain/sample-line.js'
import type {SampleSummary} from '../../domain/view-data.js'
import {sampleDay} from '../compare/align-samples.js'
import type {JudgedDigest} from './judged-samples.js'

/** A digest's line in the list of its run. @param scores by the order of the scenario's scores, null where not measured */
export function sampleSummary(
  {index, record, lines}: JudgedDigest,
  {scores, before}: Pick<SampleSummary, 'scores' | 'before'>,
): SampleSummary {
  const {sample_id, channel, metadata} = record
  const text = record.summary_markdown
    .replaceAll(/^#{1,6} .*$|^[-*+•]\s+/gmu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const latency = lines[0]?.latency_seconds ?? null
  const ids = {index, sample_id, channel, day: sampleDay(record), origin: metadata.origin}
  return {...ids, scores, ...(before && {before}), latency, beginning: text.slice(0, 120)}
}

/** The raw answers behind these lines, or all of a run, by their SHA-256. */
export async function repliesOf(
  {replies}: Pick<StoredRun, 'replies'>,
  lines?: readonly Pick<SampleLine, 'trail'>[],
): Promise<Map<string, string>> {
  const wanted = lines && new Set(lines.map(({trail}) => trail?.reply_sha256))
  wanted?.delete(undefined)
  const found = new Map<string, string>()
  if (wanted?.size === 0) return found
  for await (const {sha256, text} of replies()) if (!wanted || wanted.has(sha256)) found.set(sha256, text)
  return found
}
