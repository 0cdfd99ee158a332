import type {RunRemark, ScoreFacts} from '../src/domain/run-result.js'
import type {GateResult} from '../src/domain/verdict.js'

/** As few digests as no gate decides from have no colour. */
const FEWEST = 4

/** The side of the threshold, where neither few digests, nor what was not measured, nor scores that look invented forbid to name one. */
export function thresholdSide(
  cell: ScoreFacts['by_channel'][string] | undefined,
  gate: GateResult | undefined,
  remarks: readonly RunRemark[],
): string {
  if (!cell || cell.mean === null || !gate || cell.measured < FEWEST) return ''
  if (remarks.some(remark => remark.code === 'scores_look_invented' && remark.scores.includes(gate.metric))) return ''
  const sum = cell.mean * cell.measured
  // With all that is missing at its worst, and at its best.
  const [low, high] = [0, 1].map(each =>
    sideOf((sum + each * cell.unmeasured) / (cell.measured + cell.unmeasured), gate),
  )
  return low === high ? (low ?? '') : ''
}

function sideOf(mean: number, {direction, pass, warn}: GateResult): 'pass' | 'warn' | 'fail' {
  const sign = direction === 'at_least' ? 1 : -1
  if (sign * (mean - pass) >= 0) return 'pass'
  return sign * (mean - warn) >= 0 ? 'warn' : 'fail'
}
