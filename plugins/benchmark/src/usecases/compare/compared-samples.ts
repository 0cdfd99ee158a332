import {mean} from '@ep23/statistics'
import {isMeasured} from '@ep23/sdk'

import type {ComparedSample} from '../../domain/comparison.js'
import type {SampleLine} from '../../domain/sample.js'

/** What a comparison needs of a sample's line; baselines hold no more. */
export type JudgedLine = Pick<
  SampleLine,
  'sample_id' | 'channel' | 'origin' | 'timestamp' | 'sample_sha256' | 'scores' | 'latency_seconds'
>

/**
 * One sample for all its lines (answers and repeats): each score is the mean of what was measured, undefined when nothing was.
 * @param sourceHashes SHA-256 of the source text by sample id
 */
export function toComparedSamples(
  lines: Iterable<JudgedLine>,
  sourceHashes: ReadonlyMap<string, string>,
): ComparedSample[] {
  const groups = Map.groupBy(lines, ({sample_id}) => sample_id)
  return [...groups.values()].map(group => ({
    ...identityOf(group[0] as JudgedLine),
    source_sha256: sourceHashes.get((group[0] as JudgedLine).sample_id) ?? null,
    scores: meanScores(group),
    latency_seconds: meanOf(group.map(line => line.latency_seconds)),
  }))
}

function identityOf({sample_id, channel, origin, timestamp, sample_sha256}: JudgedLine) {
  return {sample_id, channel, origin, timestamp, sample_sha256}
}

function meanScores(lines: readonly JudgedLine[]): Record<string, number | undefined> {
  const names = Object.keys(lines[0]?.scores ?? {})
  return Object.fromEntries(names.map(name => [name, meanOf(lines.map(line => valueOf(line, name)))]))
}

function valueOf({scores}: JudgedLine, name: string): number | null {
  const score = scores[name]
  return isMeasured(score) ? score.value : null
}

function meanOf(values: readonly (number | null)[]): number | undefined {
  const measured = values.filter(value => value !== null)
  return measured.length === 0 ? undefined : mean(measured)
}
