import {
  bradleyTerry,
  type PairedPreference,
  type Estimate,
  type LabelledPrediction,
  predictionPoweredMean,
  strengthDifferences,
} from '#src/index.js'

import type {Simulation} from './simulated.ts'

/** People's choices between writers' digests of some days: how much a day favours one writer is shared by its pairs. */
export interface ChoiceCell {
  writers: number
  days: number
  /** Pairs of a day. */
  pairs: number
  /** Standard deviation of a writer's strength between days. */
  between: number
}

/** People's labels from 1 to 5 of some of the digests that a judge scored. */
export interface LabelCell {
  days: number
  /** Digests of a day. */
  size: number
  /** Labelled digests. */
  labelled: number
  /** Share of the labels' variance that lies between days. */
  between: number
  /** Correlation of the judge's score with what the label rests on. */
  judge: number
}

export function* choiceCells(): Generator<ChoiceCell> {
  for (const writers of [2, 4])
    for (const [days, pairs] of [
      [10, 5],
      [20, 3],
      [20, 10],
      [50, 2],
    ] as const)
      for (const between of [0, 0.5]) yield {writers, days, pairs, between}
}

export function* labelCells(): Generator<LabelCell> {
  for (const [days, labelled] of [
    [10, 50],
    [20, 50],
    [30, 100],
    [60, 100],
  ] as const)
    for (const between of [0, 0.2]) for (const judge of [0, 0.7]) yield {days, size: 10, labelled, between, judge}
}

const TIES = 0.15
const APART = 0.4

export function choicesOf(simulation: Simulation, {writers, days, pairs, between}: ChoiceCell): PairedPreference[] {
  return Array.from({length: days}, (_, day) => {
    const strengths = Array.from({length: writers}, (_, writer) => APART * writer + between * simulation.normal())
    return Array.from({length: pairs}, (): PairedPreference => {
      const a = Math.floor(simulation.unit() * writers)
      const b = (a + 1 + Math.floor(simulation.unit() * (writers - 1))) % writers
      const win = 1 / (1 + Math.exp((strengths[b] ?? 0) - (strengths[a] ?? 0)))
      const score = simulation.unit() < TIES ? 0.5 : Number(simulation.unit() < win)
      return {a: `w${a}`, b: `w${b}`, score, cluster: `d${day}`}
    })
  }).flat()
}

/** Of the first two writers. */
export function choiceInterval(comparisons: readonly PairedPreference[]): Estimate | undefined {
  const fit = bradleyTerry(comparisons)
  return fit && strengthDifferences(fit)[0]?.difference
}

export function labelsOf(simulation: Simulation, {days, size, between, judge}: LabelCell): LabelledPrediction[] {
  return Array.from({length: days}, (_, day) => {
    const shared = Math.sqrt(between) * simulation.normal()
    return Array.from({length: size}, () => {
      const quality = shared + Math.sqrt(1 - between) * simulation.normal()
      const label = Math.min(5, Math.max(1, Math.round(3.6 + quality)))
      return {label, prediction: judge * quality + Math.sqrt(1 - judge ** 2) * simulation.normal(), cluster: `d${day}`}
    })
  }).flat()
}

export function labelInterval(simulation: Simulation, cell: LabelCell): Estimate {
  const shuffled = labelsOf(simulation, cell)
    .map(row => ({row, at: simulation.unit()}))
    .toSorted((a, b) => a.at - b.at)
    .map(({row}) => row)
  const rest = shuffled.slice(cell.labelled).map(({label: _label, ...predicted}) => predicted)
  return predictionPoweredMean(shuffled.slice(0, cell.labelled), rest)
}
