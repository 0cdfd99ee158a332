import {gateCalibration, type Instrument} from '../score-calibration.js'
import type {GateResult} from '../verdict.js'

/**
 * Names what stands behind each gate's score. A gate is only as good as its judge: where the run requires a calibration, one
 * without it is undecided.
 * @param instrument undefined for runs that were recorded without any
 */
export function withCalibration(
  gates: readonly GateResult[],
  instrument: Instrument | undefined,
  isScore: (metric: string) => boolean,
): GateResult[] {
  return gates.map(gate => {
    if (!instrument || !isScore(gate.metric)) return {...gate, calibration: null}
    const calibration = gateCalibration(instrument, gate.metric)
    const {status} = calibration
    const isOpen = !instrument.required || status === 'calibrated' || !['pass', 'warn', 'fail'].includes(gate.verdict)
    if (isOpen) return {...gate, calibration}
    return {...gate, calibration, verdict: 'undecided', cause: {code: 'not_calibrated', status}}
  })
}
