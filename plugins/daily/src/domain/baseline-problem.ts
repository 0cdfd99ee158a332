import {type Shape, shapeProblem, type Message} from '@ep23/sdk'

import type {Baseline} from './baseline.js'
import {message} from '../words/words.js'

/** What is taken for granted of `baseline.json`. */
const BASELINE_SHAPE: Shape = [
  ['format', 'number'],
  ['from', 'text'],
  ['to', 'text'],
  ['judge', 'object'],
  ['judge.name', 'text'],
  ['judge.signature', 'text'],
  ['judge.model', 'text|null'],
  ['adjusted', 'flag'],
  ['days_between_alarms', 'number'],
  ['correlation', 'number'],
  ['scores', 'object'],
  ['scores.*', 'object'],
  ['scores.*.adjustment', 'object'],
  ['scores.*.adjustment.slope', 'number'],
  ['scores.*.adjustment.groups', 'object'],
  ['scores.*.adjustment.groups.*', 'object'],
  ['scores.*.adjustment.groups.*.value', 'number'],
  ['scores.*.adjustment.groups.*.covariate', 'number'],
  ['scores.*.weights', 'object'],
  ['scores.*.weights.*', 'number'],
  ['scores.*.days', 'list'],
  ['scores.*.days.*', 'number|null'],
  ['scores.*.standard_deviation', 'number'],
  ['anchors', 'list'],
  ['anchors.*', 'object'],
  ['anchors.*.sample_id', 'text'],
  ['anchors.*.scores', 'object'],
  ['anchors.*.scores.*', 'number'],
]

/** What is wrong with a baseline out of JSON, as a clause; undefined for one that days can be held against. */
export function baselineProblem(value: unknown): Message | undefined {
  const problem = shapeProblem(value, BASELINE_SHAPE)
  if (problem !== undefined) return problem
  const {correlation, days_between_alarms: between, scores} = value as Baseline
  if (!(correlation >= 0 && correlation < 1)) return message('correlationIs', {correlation: String(correlation)})
  if (!(between >= 1)) return message('betweenAre', {between: String(between)})
  if (Object.keys(scores).length === 0) return message('noScores')
  const flat = Object.entries(scores).find(([, score]) => !(score.standard_deviation > 0) || score.days.length < 2)
  return flat && message('flatScores', {score: flat[0]})
}
