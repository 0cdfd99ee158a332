import {boundsText, numberText} from '@ep23/report/numbers'
import {joined, numbersMessage, type Message, type Text} from '@ep23/sdk'

import type {Trend, TrendPoint, TrendSeries} from '../../domain/view-charts.js'
import type {OtherRun} from '../../domain/view-data.js'
import {englishNameOf} from '../../domain/messages/names.js'
import {message} from '../../words/words.js'

const BAR_WIDTH = 24

/** The series of one score, from a day on; days without a measurement have no line. */
export function trendFrom({scores, channels, series}: Trend, {score, since}: {score: string; since: string}): Trend {
  const cut = (points: readonly TrendPoint[]): TrendPoint[] => points.filter(({day}) => day >= since)
  const kept = series.filter(each => each.score === score).map(each => ({...each, points: cut(each.points)}))
  return {
    scores,
    channels,
    series: kept
      .filter(({points}) => points.length > 0)
      .map(each => ({
        ...each,
        changes: each.changes.filter(({to}) => to >= since),
        writers: each.writers.filter(({day}) => day >= since),
        marks: each.marks.filter(({day}) => day >= since),
      })),
  }
}

/** Runs that are left out because they cannot be read. */
export function unreadableRuns(others: readonly OtherRun[]): Message[] {
  return others.flatMap(({run_id, problem}) => (problem === null ? [] : [message('runLeftOut', {run_id, problem})]))
}

/** A line a day: the mean over channels with its interval, and a bar from 0 to 1. */
export function renderTrend({series}: Trend): Text[] {
  return series.flatMap(each => [
    headOf(each),
    ...each.points.map(lineOf),
    ...each.changes.map(changeOf),
    ...each.marks.map(markOf),
    '',
  ])
}

function headOf({score, origin, anew, instrument: {judge, model, prompt}, points}: TrendSeries): Message {
  const by = joined([
    model ?? judge,
    ...(prompt === null ? [] : [message('promptIs', {prompt})]),
    ...(anew ? [message('digestsAnew')] : []),
  ])
  return message('seriesOf', {score: englishNameOf(score), origin: englishNameOf(origin), by, days: points.length})
}

function lineOf({day, mean, low, high, channels, writer, partial}: TrendPoint): Message {
  const bar = '█'.repeat(Math.round(mean * BAR_WIDTH)).padEnd(BAR_WIDTH, '·')
  const interval = low === null || high === null ? '' : ` [${boundsText({low, high})}]`
  return message('trendDay', {
    ...{day, channels, writer},
    mean: numbersMessage(numberText(mean)),
    bar: joined([bar, numbersMessage(interval)], ''),
    part: partial ? message('partOfRun') : '',
  })
}

function changeOf({from, to}: TrendSeries['changes'][number]): Message {
  return from === to ? message('levelChangedOn', {day: from}) : message('levelChanged', {from, to})
}

function markOf({day, kind, name}: TrendSeries['marks'][number]): Message {
  return kind === 'baseline' ? message('baselineEnds', {day, name}) : message('markBegan', {day, kind, name})
}
