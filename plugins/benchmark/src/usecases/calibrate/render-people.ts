import {FEWEST_ANNOTATED} from '@ep23/statistics'

import type {ScoreCalibration} from '../../domain/calibration.js'
import {FEWEST_SOURCES, mayPeopleDisagree} from '../../domain/calibration-status.js'
import type {PeopleAgreement} from '../../domain/people-agreement.js'
import {message} from '../../words/words.js'
import type {StatementsAgreement} from './judge-of-statements.js'
import {joined, numbersMessage, type Message, type Text} from '@ep23/sdk'

/** What `benchmark:calibrate` says of a plan. */
export interface PeopleCalibration {
  plan: string
  judge: string
  signature: string
  scores: readonly ScoreCalibration[]
  /** Of plans in which people answer item by item; null for others. */
  statements: StatementsAgreement | null
  /** A plan of what to label next, with `--next`. */
  next: {
    folder: string
    items: number
    pool: number
    drawn: readonly {item: string; probability: number}[] | null
  } | null
  saved: readonly string[]
  notes: readonly Message[]
}

export function renderPeopleCalibration(
  {plan, judge, scores, statements, saved, notes, next}: PeopleCalibration,
  lang: 'ru' | 'en',
): Text[] {
  return [
    message('amongPeople', {judge, plan}),
    ...scores.flatMap(({score, people, rows, groups}) =>
      people ? scoreLines(score, people, {rows, groups}, lang) : [],
    ),
    ...(statements ? statementLines(statements) : []),
    ...notes.map(note => message('noteIs', {note})),
    ...(next ? [message('nextItems', {items: next.items, pool: next.pool, folder: next.folder})] : []),
    ...(next?.drawn ?? []).map(({item, probability}) =>
      joined([`  ${item}  π `, numbersMessage(probability.toFixed(4))], ''),
    ),
    ...saved.map(path => message('savedIn', {path})),
  ]
}

function scoreLines(
  score: string,
  {raters, alpha_judge, alpha_people, difference, estimate, length_slope, alt_test: alt}: PeopleAgreement,
  {rows, groups}: {rows: number; groups: number},
  lang: 'ru' | 'en',
): Text[] {
  const apart = `${number(difference.estimate)} (${number(difference.low)} … ${number(difference.high)})`
  return [
    message('againstPeople', {
      score,
      judge: numbersMessage(number(alpha_judge)),
      people: numbersMessage(number(alpha_people)),
      difference: numbersMessage(apart),
      digests: rows,
      sources: groups,
    }),
    `  ${estimateText(estimate, lang)}`,
    ...(alt
      ? [
          message('altTest', {
            rate: numbersMessage(number(alt.winning_rate)),
            advantage: numbersMessage(number(alt.advantage)),
          }),
        ]
      : raters.length > 2
        ? [message('altTestFew', {fewest: FEWEST_ANNOTATED})]
        : []),
    ...(length_slope === null ? [] : [message('twiceLength', {more: numbersMessage(number(length_slope))})]),
  ]
}

function statementLines({items, divided, ...shares}: StatementsAgreement): Text[] {
  const {sensitivity, specificity, judge_share, people_share, alpha_people} = shares
  return [
    message('statementsHeld', {items, divided, alpha: number(alpha_people)}),
    message('rightFound', {share: shareText(sensitivity), items: sensitivity.measured}),
    message('wrongFound', {share: shareText(specificity), items: specificity.measured}),
    people_share
      ? message('peopleShare', {people: shareText(people_share), judge: shareText(judge_share)})
      : message('noPeopleShare', {judge: shareText(judge_share)}),
  ]
}

function shareText({estimate, low, high}: {estimate: number | null; low: number | null; high: number | null}): string {
  return `${number(estimate)} (${number(low)} … ${number(high)})`
}

/** Of the five steps, as editors write numbers. */
function estimateText({mean, low, high}: PeopleAgreement['estimate'], lang: 'ru' | 'en'): string {
  const step = (value: number | null): string => {
    const text = value === null ? '?' : value.toFixed(1)
    return lang === 'ru' ? text.replace('.', ',') : text
  }
  const bounds = `${step(mean)} (${step(low)} … ${step(high)})`
  return lang === 'ru' ? `люди поставили бы ${bounds}` : `people would give ${bounds}`
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}

/** Of fewer, a share of nine in ten may be three in four. */
const FEWEST_WRONG = 30

/** What the numbers do not show, one sentence each. */
export function peopleNotes(
  scores: readonly ScoreCalibration[],
  statements: StatementsAgreement | null,
  {uses, judges, part, save}: {uses: number; judges: number; part: PeopleAgreement['part']; save: boolean},
): Message[] {
  const people = scores.flatMap(({people: own}) => own ?? [])
  const [sources] = scores.map(({groups}) => groups).toSorted((a, b) => a - b)
  const divided = scores.flatMap(({score, people: own}) => (own && mayPeopleDisagree(own) ? [score] : []))
  const notes: [condition: boolean, note: Message][] = [
    [scores.length === 0 && (statements?.items ?? 0) === 0, message('nobodyLabelled')],
    [
      statements !== null && statements.specificity.measured < FEWEST_WRONG,
      message('fewWrong', {fewest: FEWEST_WRONG}),
    ],
    [statements !== null && save, message('statementsNotSaved')],
    [people.some(({raters}) => raters.length === 1), message('oneRater')],
    [
      sources !== undefined && sources < FEWEST_SOURCES,
      message('fewSources', {sources: sources ?? 0, fewest: FEWEST_SOURCES}),
    ],
    [divided.length > 0, message('peopleDisagree', {scores: divided.join(', ')})],
    [people.some(({doubly_labelled: doubly, raters}) => raters.length > 1 && doubly < 100), message('fewerThan100')],
    [(part === 'held_out' || part === 'all') && uses > 1, message('lookedAt', {uses, judges})],
  ]
  return notes.flatMap(([condition, note]) => (condition ? [note] : []))
}
