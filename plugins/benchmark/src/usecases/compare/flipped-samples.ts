import {mcNemarP, outcomeFlips} from '@ep23/statistics'
import type {FlipFacts, FlippedSample} from '../../domain/comparison.js'
import type {Gate} from '../../domain/verdict.js'

const LARGEST = 10

/** Which samples crossed the gate's pass threshold, and whether more went one way than the other. */
export function flipFacts(samples: readonly FlippedSample[], gate: Gate): FlipFacts {
  const passes = (value: number): boolean => (gate.direction === 'at_least' ? value >= gate.pass : value <= gate.pass)
  const {improved, worsened, unchanged} = outcomeFlips(
    samples.map(({before}) => passes(before)),
    samples.map(({after}) => passes(after)),
  )
  return {
    threshold: {pass: gate.pass, direction: gate.direction},
    improved: samples.filter(({before, after}) => !passes(before) && passes(after)),
    worsened: samples.filter(({before, after}) => passes(before) && !passes(after)),
    unchanged,
    p: mcNemarP({improved, worsened}),
  }
}

export function largestChanges(samples: readonly FlippedSample[]): FlippedSample[] {
  return samples
    .filter(({before, after}) => before !== after)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, LARGEST)
}
