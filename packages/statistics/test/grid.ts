import {normalQuantile} from '#src/distribution/normal.js'

import type {Simulation} from './simulated.ts'

/** A kind of scores: the score that belongs to a standard normal number, and the mean of all. */
export interface Kind {
  name: string
  score(z: number): number
  mean: number
}

export interface Cell {
  kind: Kind
  channels: number
  days: number
  /** Share of the variance that lies between channels. */
  between: number
  /**
   * How days of a channel come to resemble each other. `value`: each day repeats the channel's own score with probability √between, so
   * that a rare score fills much of a channel. `shift`: a normal shift is common to the channel's days.
   */
  shared: 'value' | 'shift'
}

const within = (score: number): number => Math.min(1, Math.max(0, score))
const [FIVE, TEN, FORTY] = [0.05, 0.1, 0.4].map(normalQuantile) as [number, number, number]
const STEPS = 4000
const MIDDLES = Array.from({length: STEPS}, (_, i) => normalQuantile((i + 0.5) / STEPS))

const SCORES: Record<string, (z: number) => number> = {
  normal: z => within(0.75 + 0.1 * z),
  'in steps': z => (z < TEN ? 0.6 : z < FORTY ? 0.8 : 1),
  'near the ceiling': z => within(0.97 + 0.06 * z),
  skewed: z => within(1 - 0.2 * Math.exp(0.6 * z)),
  '95 % 1, 5 % 0': z => (z < FIVE ? 0 : 1),
  '90 % 1, 10 % 0': z => (z < TEN ? 0 : 1),
}

export const KINDS: Kind[] = Object.entries(SCORES).map(([name, score]) => ({
  name,
  score,
  mean: MIDDLES.reduce((sum, z) => sum + score(z), 0) / STEPS,
}))

/** Every cell in which a single interval or comparison must hold. With one channel nothing is said of others. */
export function* cells(
  layouts: {channels: number[]; days: number[]; between?: number[]} = {channels: [2, 3, 5, 10], days: [2, 5, 7, 30]},
): Generator<Cell> {
  for (const kind of KINDS)
    for (const channels of layouts.channels)
      for (const days of layouts.days)
        for (const between of layouts.between ?? [0, 0.1, 0.3])
          for (const shared of between === 0 ? (['value'] as const) : (['value', 'shift'] as const))
            yield {kind, channels, days, between, shared}
}

/** The channel of each sample of a cell. */
export function channelsOf({channels, days}: Pick<Cell, 'channels' | 'days'>): string[] {
  return Array.from({length: channels * days}, (_, i) => `@${Math.floor(i / days)}`)
}

/** What is common to the days of each channel. */
export function channelNumbers(simulation: Simulation, {channels}: Pick<Cell, 'channels'>): number[] {
  return Array.from({length: channels}, () => simulation.normal())
}

/** The scores of a cell, channel by channel. */
export function scoresOf(simulation: Simulation, cell: Cell, channels = channelNumbers(simulation, cell)): number[] {
  const {kind, days, between, shared} = cell
  const repeated = Math.sqrt(between)
  const correlation = shared === 'shift' ? latentCorrelation(kind, between) : 0
  const [common, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)]
  return channels.flatMap(channel =>
    Array.from({length: days}, () => {
      if (shared === 'shift') return kind.score(common * channel + own * simulation.normal())
      return kind.score(between > 0 && simulation.unit() < repeated ? channel : simulation.normal())
    }),
  )
}

const KNOWN = new Map<string, number>()

/** The correlation of the normal numbers behind the scores with which the scores themselves have the share `between`. */
function latentCorrelation(kind: Kind, between: number): number {
  const key = `${kind.name} ${between}`
  const known = KNOWN.get(key)
  if (known !== undefined) return known
  const coarse = MIDDLES.filter((_, i) => i % 20 === 10)
  const variance = meanOf(MIDDLES.map(z => (kind.score(z) - kind.mean) ** 2))
  let [low, high] = [0, 1]
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2
    const [common, own] = [Math.sqrt(middle), Math.sqrt(1 - middle)]
    const ofChannels = coarse.map(a => meanOf(coarse.map(b => kind.score(common * a + own * b))))
    if (meanOf(ofChannels.map(mean => (mean - kind.mean) ** 2)) / variance < between) low = middle
    else high = middle
  }
  KNOWN.set(key, low)
  return low
}

/** The p-quantile of the scores of a kind; of two that are next to each other, the lower. */
export function quantileOf(kind: Kind, p: number): number {
  return MIDDLES.map(z => kind.score(z)).sort((a, b) => a - b)[Math.ceil(p * STEPS) - 1] as number
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
