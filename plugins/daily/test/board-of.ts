import type {BoardLine, ChannelDay} from '#src/domain/board-line.js'
import {dayAfter} from '#src/domain/calendar.js'

import {Simulation} from '../../../packages/statistics/test/simulated.ts'

export const CHANNELS = ['@habr', '@proglib', '@naked_science', '@moscowach', '@moskva_live']
export const JUDGE = {name: 'lexical', signature: 'lexical|v:1', model: null}

export interface World {
  days: number
  seed?: number
  first?: string
  /** Added to every coverage of a day, counted from 0. */
  shift?: (day: number, channel: string) => number
  /** How much longer than usual a day's sources are, as a logarithm. */
  longer?: (day: number) => number
  /** Channels without a score on a day. */
  missing?: (day: number, channel: string) => boolean
}

/** Boards as real channels give them: longer sources cost coverage (−0.15 a natural logarithm), days have noise of their own. */
export function boardOf({days, seed = 1, first = '2024-01-01', shift, longer, missing}: World): BoardLine[] {
  const simulation = new Simulation(seed)
  return Array.from({length: days}, (_, day) => {
    const common = 0.02 * simulation.normal()
    const channels = CHANNELS.map((name, i): [string, ChannelDay] => {
      const length = 9 + i / 4 + (longer?.(day) ?? 0) + 0.3 * simulation.normal()
      const noise = common + 0.05 * simulation.normal()
      const coverage = 0.6 + i / 50 - 0.15 * (length - 9 - i / 4) + noise + (shift?.(day, name) ?? 0)
      const accuracy = 0.98 + 0.01 * simulation.normal()
      if (missing?.(day, name)) return [name, {unmeasured: 'no posts with text'}]
      return [
        name,
        {scores: {accuracy, coverage}, source_characters: Math.round(Math.exp(length)), digest_sha256: name},
      ]
    })
    return lineOf(dayAfter(first, day), Object.fromEntries(channels))
  })
}

export function lineOf(day: string, channels: BoardLine['channels']): BoardLine {
  return {
    ...{
      format: 1,
      day,
      zone: 'Europe/Moscow',
      previous: '',
      baseline: null,
      judge: JUDGE,
      writer: 'extractive',
      channels,
    },
    ...{anchors: null, news_share: null, findings: [], detector: null, state: 'quiet'},
  }
}
