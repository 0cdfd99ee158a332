import {adjustedValue, fitCovariate, meanInterval} from '@ep23/statistics'

import type {SampleOrigin} from '../../domain/sample-line.js'
import type {Trend, TrendMark, TrendPoint, TrendSeries} from '../../domain/view-charts.js'
import type {RunHead, RunIndex} from '../../domain/view-data.js'
import type {DigestScores, RunSummary} from '../../domain/view-summary.js'
import {type DayScore, levelChanges} from './level-changes.js'

/** One digest as one instrument scored it, in the newest run that did. */
interface Judged extends DigestScores {
  head: RunHead
}

/**
 * Every score by the day that the digests are about, a series for each instrument and origin, and for digests written anew: scores of
 * two instruments are never joined, nor digests of the dataset and others of their days. A digest counts once, as the newest run scored
 * it; whole runs come before parts. It stops (`yield`) while it looks for changes.
 * @param runs the newest first
 * @param channels only these, all when empty
 * @param baselines marked where their runs end
 */
export function* trendSteps(
  runs: readonly RunSummary[],
  channels: readonly string[] = [],
  baselines: RunIndex['baselines'] = [],
): Generator<undefined, Trend> {
  const scores = [...new Set(runs.flatMap(run => run.scores))]
  const byKind = Map.groupBy(runs, ({head}) => kindOf(head))
  const series: TrendSeries[] = []
  for (const group of byKind.values()) series.push(...(yield* seriesOf(group, channels)))
  return {
    scores,
    channels: [...new Set(runs.flatMap(({digests}) => digests.map(({channel}) => channel)))].sort(),
    series: withMarks(
      series.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en')),
      runs,
      baselines,
    ),
  }
}

function keyOf({score, origin, ...kind}: TrendSeries): string {
  return JSON.stringify([score, origin, kindOf(kind)])
}

/** What a series has in common. */
function kindOf({instrument, anew}: Pick<TrendSeries, 'instrument' | 'anew'>): string {
  return JSON.stringify([instrument, anew])
}

function* seriesOf(runs: readonly RunSummary[], channels: readonly string[]): Generator<undefined, TrendSeries[]> {
  const [newest] = runs
  if (!newest) return []
  const byOrigin = Map.groupBy(newestOfEach(runs, channels), ({origin}) => origin)
  const all: TrendSeries[] = []
  for (const [origin, digests] of byOrigin)
    for (const [index, score] of newest.scores.entries())
      all.push(yield* oneSeries(newest.head, {origin, score, index}, digests))
  return all.filter(({points}) => points.length > 0)
}

function newestOfEach(runs: readonly RunSummary[], channels: readonly string[]): Judged[] {
  const chosen = new Map<string, Judged>()
  const wholeFirst = runs.toSorted((a, b) => Number(a.head.partial !== null) - Number(b.head.partial !== null))
  for (const {head, digests} of wholeFirst)
    for (const digest of digests) {
      const key = `${digest.sample_id} ${digest.writer}`
      if (!chosen.has(key) && (channels.length === 0 || channels.includes(digest.channel)))
        chosen.set(key, {...digest, head})
    }
  return onePerDigest([...chosen.values()])
}

/** Two writers of one day: the one whose run is newer stands on the line. */
function onePerDigest(digests: readonly Judged[]): Judged[] {
  const newest = new Map<string, Judged>()
  for (const digest of digests) {
    const other = newest.get(digest.sample_id)
    if (!other || digest.head.finished_at > other.head.finished_at) newest.set(digest.sample_id, digest)
  }
  return [...newest.values()]
}

function* oneSeries(
  {instrument, anew}: RunHead,
  {origin, score, index}: {origin: SampleOrigin; score: string; index: number},
  digests: readonly Judged[],
): Generator<undefined, TrendSeries> {
  const byDay = [...Map.groupBy(digests, ({day}) => day)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const level = levelOf(digests, index)
  const points = byDay.flatMap(([day, group]) => pointOf(day, group, {index, level}) ?? [])
  const whole = new Set(points.filter(({partial}) => !partial).map(({day}) => day))
  const changes = yield* levelChanges(scoresOf(digests, index).filter(({day}) => whole.has(day)))
  return {instrument, origin, anew, score, points, changes, writers: writerChanges(points), marks: []}
}

function scoresOf(digests: readonly Judged[], index: number): DayScore[] {
  return digests.flatMap(({day, channel, scores}) => {
    const value = scores[index]
    return typeof value === 'number' ? [{day, channel, value}] : []
  })
}

/** A digest's score, had its posts been as long as those of its channel are on average; undefined where that cannot be told. */
type Level = ((digest: Judged) => number | undefined) | undefined

/** Fewer digests say nothing of the length. */
const FEWEST_FOR_LENGTH = 20

function levelOf(digests: readonly Judged[], index: number): Level {
  const rows = digests.flatMap(({channel, length, scores}) => {
    const value = scores[index]
    return typeof value === 'number' && length > 0 ? [{group: channel, value, covariate: Math.log(length)}] : []
  })
  if (rows.length < FEWEST_FOR_LENGTH) return undefined
  const fitted = fitCovariate(rows)
  return ({channel: group, length, scores}) => {
    // An empty text has no logarithm of its length.
    if (!(length > 0)) return undefined
    const above = adjustedValue({group, value: scores[index] ?? Number.NaN, covariate: Math.log(length)}, fitted)
    return above === undefined ? undefined : above + (fitted.groups[group]?.value ?? 0)
  }
}

function pointOf(
  day: string,
  digests: readonly Judged[],
  {index, level}: {index: number; level: Level},
): TrendPoint | undefined {
  const measured = digests.filter(({scores}) => typeof scores[index] === 'number')
  const {estimate, low, high} = meanInterval(measured.map(({scores}) => scores[index] ?? undefined))
  const [first] = measured.toSorted((a, b) => (a.head.finished_at > b.head.finished_at ? -1 : 1))
  if (estimate === undefined || !first) return undefined
  return {
    day,
    mean: estimate,
    low: low === undefined ? null : Math.max(0, low),
    high: high === undefined ? null : Math.min(1, high),
    channels: new Set(measured.map(({channel}) => channel)).size,
    run_id: first.head.run_id,
    writer: first.writer,
    partial: measured.every(({head}) => head.partial !== null),
    adjusted: level ? (meanInterval(measured.map(level)).estimate ?? null) : null,
  }
}

function writerChanges(points: readonly TrendPoint[]): TrendSeries['writers'] {
  return points
    .filter(({writer}, index) => index > 0 && points[index - 1]?.writer !== writer)
    .map(({day, writer}) => ({day, writer}))
}

/** Where a series follows another one of its score, and where a baseline's run ends. */
function withMarks(
  series: readonly TrendSeries[],
  runs: readonly RunSummary[],
  baselines: RunIndex['baselines'],
): TrendSeries[] {
  return series.map(each => {
    const {score, origin, anew} = each
    const before = series
      .filter(
        other =>
          other.score === score && other.origin === origin && other.anew === anew && startOf(other) < startOf(each),
      )
      .toSorted((a, b) => (startOf(a) > startOf(b) ? -1 : 1))[0]
    const own = kindOf(each)
    const blessed = baselines.flatMap(({name, run_id}): TrendMark[] => {
      const head = runs.find(run => run.head.run_id === run_id)?.head
      const isOurs = head && kindOf(head) === own && head.last_day !== null
      return isOurs ? [{day: head.last_day ?? '', kind: 'baseline', name}] : []
    })
    return {...each, marks: [...(before ? [instrumentMark(each, before)] : []), ...blessed]}
  })
}

function startOf({points: [first]}: TrendSeries): string {
  return first?.day ?? ''
}

function instrumentMark(
  {instrument: {judge, model, prompt}, points: [first]}: TrendSeries,
  before: TrendSeries,
): TrendMark {
  const other = before.instrument
  const samePrompt = prompt === other.prompt || (model ?? judge) !== (other.model ?? other.judge)
  return samePrompt
    ? {day: first?.day ?? '', kind: 'judge', name: model ?? judge}
    : {day: first?.day ?? '', kind: 'prompt', name: prompt ?? '—'}
}
