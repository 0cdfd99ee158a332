import {canonicalLine} from '@ep23/plugin-exporters'

import type {HashText} from './judgement.js'
import type {RunResult} from './run-result.js'

/** SHA-256 of the canonical JSON of each field of a run but the seals themselves. */
export function sealsOf(run: Omit<RunResult, 'seals'>, hash: HashText): Record<string, string> {
  const fields = Object.entries(run).filter(([field]) => field !== 'seals')
  return Object.fromEntries(fields.map(([field, value]) => [field, hash(canonicalLine({[field]: value}))]))
}

/** The first field that is not what was sealed, is missing or was added; undefined when all are as they were. */
export function sealDifference(run: RunResult, hash: HashText): string | undefined {
  const {seals} = run
  if ((seals as unknown) === undefined) return 'it has no seals: fields that nobody can compute again may have changed'
  const computed = sealsOf(run, hash)
  const changed = [...new Set([...Object.keys(computed), ...Object.keys(seals)])].find(
    field => computed[field] !== seals[field],
  )
  return changed === undefined ? undefined : `${changed} is not what was recorded`
}
