import type {Shape} from '@ep23/sdk'

/** What is taken for granted of `plan.json`. */
export const PLAN_SHAPE: Shape = [
  ['name', 'text'],
  ['mode', 'text'],
  ['seed', 'number'],
  ['scores', 'list'],
  ['scores.*', 'text'],
  ['items', 'list'],
  ['items.*', 'object'],
  ['items.*.item', 'text'],
  ['items.*.sha256', 'text'],
  ['items.*.probability', 'number'],
  ['items.*.split', 'text'],
  ['raters', 'object'],
  ['raters.*', 'list'],
  ['raters.*.*', 'object'],
  ['raters.*.*.item', 'text'],
  ['raters.*.*.pass', 'number'],
  ['raters.*.*.first', 'number'],
]

/** … of a line of `items.jsonl`. */
export const ITEM_SHAPE: Shape = [
  ['item', 'text'],
  ['posts', 'list'],
  ['posts.*', 'text'],
  ['texts', 'list'],
  ['texts.*', 'text'],
]

/** … of `rubric.json`. */
export const RUBRIC_SHAPE: Shape = [
  ...['send', 'pair', 'claim', 'missing'].flatMap(
    question =>
      [
        [question, 'object'],
        [`${question}.ru`, 'text'],
        [`${question}.en`, 'text'],
      ] as const,
  ),
  ['scores', 'object'],
  ['scores.*', 'object'],
  ['scores.*.name', 'object'],
  ['scores.*.name.ru', 'text'],
  ['scores.*.name.en', 'text'],
  ['scores.*.anchors', 'object'],
  ...['1', '3', '5'].flatMap(
    step =>
      [
        [`scores.*.anchors.${step}`, 'object'],
        [`scores.*.anchors.${step}.ru`, 'text'],
        [`scores.*.anchors.${step}.en`, 'text'],
      ] as const,
  ),
]

/** … of `key.json`. */
export const KEY_SHAPE: Shape = [
  ['plan', 'text'],
  ['runs', 'object'],
  ['runs.*', 'text'],
  ['items', 'object'],
  ['items.*', 'object'],
  ['items.*.source', 'text'],
  ['items.*.texts', 'list'],
  ['items.*.texts.*', 'object'],
  ['items.*.texts.*.run_id', 'text'],
  ['items.*.texts.*.writer', 'text'],
  ['items.*.texts.*.sample_id', 'text'],
]

/** … of a line of a rater's file. */
export const EVENT_SHAPE: Shape = [
  ['kind', 'text'],
  ['item', 'text'],
  ['pass', 'number'],
  ['order', 'number'],
  ['ms', 'number'],
]

/** … of a line of `reveals.jsonl`. */
export const REVEAL_SHAPE: Shape = [['at', 'text']]

/** … of a line of `uses.jsonl`. */
export const USE_SHAPE: Shape = [
  ['at', 'text'],
  ['judge', 'text'],
]
