import {normalCdf, normalQuantile} from '../distribution/normal.js'
import type {MeanSpread} from '../intervals/mean-spread.js'
import {chanceOf, type Decided, type Design, designOf, meanOver, scaleQuantiles, type Variances} from './power.js'

/** How much more data would probably decide: of days in the channels there are, or of channels with as many days. */
export interface MoreData {
  what: 'channels' | 'days' | 'pairs'
  count: number
}

const POWER = 0.8
/** Beyond so many times the data there are, a number is no advice. */
const MOST = 20
/** More days of the same channels are easier to get: they may cost so many times the samples. */
const DAYS_MAY_COST = 2

/**
 * How much more data decides in 80 % of cases whether a mean is above or below each of the thresholds. What is known of mean and
 * variance is as uncertain as the data leave it (a flat prior, so that the advice is right on average, not only where the
 * estimate happens to be the truth): Spiegelhalter's assurance (1986). Undefined where no sensible amount would tell.
 */
export function moreForThresholds(
  spread: MeanSpread,
  thresholds: readonly number[],
  confidence = 0.95,
): MoreData | undefined {
  const {mean} = spread
  const ends = [-Infinity, ...thresholds.toSorted((a, b) => a - b), Infinity]
  return moreData(spread, confidence, (standardErrorNow, error, reach) =>
    meanOver(NORMAL_POINTS, z => clearOf(ends, mean + z * standardErrorNow, error, reach)),
  )
}

/** The same for finding a difference of this size, with Holm's adjustment over `tests` metrics. */
export function moreForEffect(
  spread: MeanSpread,
  effect: number,
  {tests = 1, confidence = 0.95} = {},
): MoreData | undefined {
  return moreData(spread, 1 - (1 - confidence) / tests, (_, error, reach) => normalCdf((effect - reach) / error))
}

const NORMAL_POINTS = Array.from({length: 8}, (_, i) => normalQuantile((i + 0.5) / 8))

/** P(an interval around an estimate of this mean holds none of the ends), which ascend. */
function clearOf(ends: readonly number[], mean: number, error: number, reach: number): number {
  let chance = 0
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [(ends[i - 1] ?? -Infinity) + reach, (ends[i] ?? Infinity) - reach]
    if (to > from) chance += normalCdf((to - mean) / error) - normalCdf((from - mean) / error)
  }
  return chance
}

type Chance = (standardErrorNow: number, error: number, reach: number) => number

function moreData(spread: MeanSpread, confidence: number, chance: Chance): MoreData | undefined {
  const {standardError, clusters, within, varies} = spread
  const now = designOf(spread)
  if (standardError === undefined || !varies || now.clusters < 2) return undefined
  // What a cluster's mean varies by, as uncertain as so few clusters leave it.
  const scales = scaleQuantiles(now.clusters - 1).filter((_, i) => i % 2 === 1 || now.clusters > 200)
  const chanceWith = (design: Design): number =>
    meanOver(scales, scale => {
      const ofMeans = (standardError ** 2 * now.clusters) / scale
      const variances: Variances = {
        between: clusters === undefined ? 0 : Math.max(0, ofMeans - within / now.perCluster),
        within: clusters === undefined ? ofMeans : within,
        added: spread.added,
      }
      const decided: Decided = (error, reach) => chance(Math.sqrt(ofMeans / now.clusters), error, reach)
      return chanceOf(decided, variances, design, confidence)
    })
  const wider = fewestMore(now.clusters, count => chanceWith({...now, clusters: now.clusters + count}))
  if (clusters === undefined) return wider === undefined ? undefined : {what: 'pairs', count: wider}
  const longer = fewestMore(now.perCluster, count => chanceWith({...now, perCluster: now.perCluster + count}))
  return cheaper(now, wider, longer)
}

function cheaper({clusters, perCluster}: Design, channels?: number, days?: number): MoreData | undefined {
  if (days !== undefined && (channels === undefined || days * clusters <= DAYS_MAY_COST * channels * perCluster))
    return {what: 'days', count: days}
  return channels === undefined ? undefined : {what: 'channels', count: channels}
}

/** The smallest count with the chance wanted, up to `MOST` times what there is. */
function fewestMore(present: number, chance: (count: number) => number): number | undefined {
  const most = Math.ceil(MOST * present)
  if (chance(most) < POWER) return undefined
  let high = 1
  while (high < most && chance(high) < POWER) high *= 2
  high = Math.min(high, most)
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (chance(middle) < POWER) low = middle
    else high = middle
  }
  return high
}
