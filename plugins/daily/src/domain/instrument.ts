import {ownField} from '@ep23/sdk'
import {ChangeDetector, mean, studentCdf} from '@ep23/statistics'

import type {Anchor, Baseline} from './baseline.js'
import {type AnchorDay, type BoardLine, isSameJudge, judgeText} from './board-line.js'

/** Why a day says nothing of the writer. */
export type InstrumentChange =
  | {cause: 'another_judge'; before: string; now: string}
  | {cause: 'anchors'; score: string; difference: number; anchors: number}

/** How many digests of the baseline are judged anew every day. */
export const ANCHORS = 10

/** Holds today's judgements of the anchors against those of the baseline. */
export function anchorDay(
  anchors: readonly Anchor[],
  judged: ReadonlyMap<string, Readonly<Record<string, number>>>,
): AnchorDay {
  const names = [...new Set(anchors.flatMap(({scores}) => Object.keys(scores)))].sort()
  const differences = names.flatMap(score => {
    const found = anchors.flatMap(({sample_id, scores}) => {
      const [before, now] = [ownField(scores, score), ownField(judged.get(sample_id) ?? {}, score)]
      return before === undefined || now === undefined ? [] : [now - before]
    })
    return found.length === 0 ? [] : [[score, differenceOf(found)] as const]
  })
  return {anchors: anchors.length, differences: Object.fromEntries(differences)}
}

function differenceOf(found: readonly number[]): AnchorDay['differences'][string] {
  const centre = mean(found)
  const squares = found.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return {
    mean: centre,
    standard_error: found.length < 2 ? 0 : Math.sqrt(squares / (found.length - 1) / found.length),
    measured: found.length,
    changed: found.filter(difference => difference !== 0).length,
  }
}

/** The days up to one that were held against a baseline: another one has other anchors. */
export function daysUnder<Line extends Pick<BoardLine, 'day' | 'baseline'>>(
  baseline: string,
  lines: readonly Line[],
  until: string,
): Line[] {
  return lines.filter(line => line.baseline === baseline && line.day <= until)
}

type JudgedLine = Pick<BoardLine, 'day' | 'judge' | 'anchors'>

/**
 * Whether the judge is still the one of the baseline. Another signature or model is another judge. A judge that computes gives the anchors
 * exactly what it gave them before; one that asks a model may differ by chance: it has changed when a day's anchors differ by more
 * than chance once in ten alarms' time (t of the paired differences), or when their daily means drift (two-sided e-detector).
 * @param lines `daysUnder` the baseline, the day in question last
 */
export function instrumentChange(
  baseline: Pick<Baseline, 'judge' | 'days_between_alarms'>,
  lines: readonly JudgedLine[],
): InstrumentChange | undefined {
  const last = lines.at(-1)
  if (last?.judge == null) return undefined
  if (!isSameJudge(last.judge, baseline.judge))
    return {cause: 'another_judge', before: judgeText(baseline.judge), now: judgeText(last.judge)}
  const moved = Object.entries(last.anchors?.differences ?? {}).find(([score, difference]) =>
    baseline.judge.model === null
      ? difference.changed > 0
      : differsToday(difference, baseline) || drifts(score, lines, baseline),
  )
  if (moved === undefined) return undefined
  const [score, {mean: difference, measured}] = moved
  return {cause: 'anchors', score, difference, anchors: measured}
}

/** Smaller shifts than this move no verdict. */
const LEAST_SHIFT = 0.005

function differsToday(
  {mean: shift, standard_error: error, measured}: AnchorDay['differences'][string],
  {days_between_alarms}: Pick<Baseline, 'days_between_alarms'>,
): boolean {
  if (Math.abs(shift) < LEAST_SHIFT || measured < 3) return false
  const p = error === 0 ? 0 : 2 * studentCdf(-Math.abs(shift) / error, measured - 1)
  return p < 1 / (10 * days_between_alarms)
}

function drifts(
  score: string,
  lines: readonly JudgedLine[],
  {judge: own, days_between_alarms}: Pick<Baseline, 'judge' | 'days_between_alarms'>,
): boolean {
  const ofJudge = lines.filter(({judge}) => judge !== null && isSameJudge(judge, own))
  const means = ofJudge.flatMap(({anchors}) => ownField(anchors?.differences ?? {}, score)?.mean ?? [])
  return (['drop', 'rise'] as const).some(direction => {
    const detector = new ChangeDetector([], {direction})
    for (const value of means) detector.add(value)
    return detector.evidence >= 2 * days_between_alarms
  })
}
