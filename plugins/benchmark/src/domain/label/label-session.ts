import {ownField} from '@ep23/sdk'
import {bulletsOf} from './bullets.js'
import {CLAIM_ANSWERS, type LabelAnswer, type LabelEvent, PAIR_ANSWERS, standing} from './label-event.js'
import type {LabelItem, LabelPlan, Showing} from './label-plan.js'

/** What is asked next about the item that is shown. */
export type LabelQuestion =
  | {kind: 'send'}
  | {kind: 'reason'; required: boolean}
  | {kind: 'score'; score: string}
  | {kind: 'pair'}
  | {kind: 'claim'; bullet: number; text: string}
  | {kind: 'missing'}

export interface SessionOptions {
  plan: LabelPlan
  rater: string
  items: ReadonlyMap<string, LabelItem>
  rubric: string
}

/** Fewest characters of a reason for not sending a digest. */
const LEAST_REASON = 3
const MOST_REASON = 2000
const HIGHEST_SCORE = 5
export const MOST_MISSING = 9

/**
 * Where a rater stands: a fold of the events that hold, so that a session that was killed goes on at the question it was at, and an undo
 * goes back as far as the file does.
 */
export class LabelSession {
  readonly #showings: readonly Showing[]
  readonly #held: LabelEvent[]
  #lines: number
  /** So many showings, from the first one on, are known to be done: to look at all of them at each key takes longer with each. */
  #done = 0

  /** @param events of this rater's file, oldest first */
  constructor(
    private readonly options: SessionOptions,
    events: readonly LabelEvent[],
  ) {
    this.#showings = ownField(options.plan.raters, options.rater) ?? []
    this.#held = standing(events)
    this.#lines = events.length
  }

  /** Lines of the file. */
  get lines(): number {
    return this.#lines
  }

  get total(): number {
    return this.#showings.length
  }

  /** Showings that are answered or skipped. */
  get done(): number {
    while (this.#isDone(this.#showings[this.#done])) this.#done += 1
    return this.#done
  }

  /** Undefined when all are done. */
  get showing(): Showing | undefined {
    return this.#showings[this.done]
  }

  get item(): LabelItem | undefined {
    return this.showing && this.options.items.get(this.showing.item)
  }

  /** The texts in the order in which they are shown. */
  get texts(): readonly string[] {
    const texts = this.item?.texts ?? []
    return this.showing?.first === 1 ? texts.toReversed() : texts
  }

  get question(): LabelQuestion | undefined {
    const {showing} = this
    return showing && this.#open(showing)
  }

  /** Answers to the item that is shown. */
  get given(): readonly LabelEvent[] {
    const {showing} = this
    return showing ? this.#of(showing) : []
  }

  /** The line for an answer, which holds once it is kept; undefined when it is none to the question that is open. */
  answer(answer: LabelAnswer, {at, ms}: {at: string; ms: number}): LabelEvent | undefined {
    const {showing, question} = this
    if (!showing || !question || !isAnswer(answer, question)) return undefined
    const {item, pass, first: order} = showing
    return {...answer, at, item, pass, order, ms, rubric: this.options.rubric}
  }

  /** The line that takes the last answer back; undefined when there is none left. */
  undo({at, ms}: {at: string; ms: number}): LabelEvent | undefined {
    const last = this.#held.at(-1)
    if (!last) return undefined
    return {kind: 'undo', at, item: last.item, pass: last.pass, order: last.order, ms, rubric: this.options.rubric}
  }

  /** A line is on the disk: only then the next question is asked. */
  keep(line: LabelEvent): void {
    this.#lines += 1
    if (line.kind !== 'undo') {
      this.#held.push(line)
      return
    }
    this.#held.pop()
    this.#done = 0
  }

  #of({item, pass}: Showing): LabelEvent[] {
    return this.#held.filter(event => event.item === item && event.pass === pass)
  }

  #isDone(showing: Showing | undefined): boolean {
    return showing !== undefined && this.#open(showing) === undefined
  }

  #open(showing: Showing): LabelQuestion | undefined {
    const given = this.#of(showing)
    if (given.some(({kind}) => kind === 'skip')) return undefined
    return this.#questions(showing, given).find(question => !given.some(event => isAnswer(event, question)))
  }

  #questions(showing: Showing, given: readonly LabelEvent[]): LabelQuestion[] {
    const {plan, items} = this.options
    if (plan.mode === 'pair') return [{kind: 'pair'}]
    if (plan.mode === 'claims') {
      const bullets = bulletsOf(items.get(showing.item)?.texts[0] ?? '')
      return [...bullets.map((text, bullet) => ({kind: 'claim' as const, bullet, text})), {kind: 'missing'}]
    }
    const refused = given.some(event => event.kind === 'send' && !event.value)
    return [
      {kind: 'send'},
      {kind: 'reason', required: refused},
      ...plan.scores.map(score => ({kind: 'score' as const, score})),
    ]
  }
}

function isAnswer(answer: LabelAnswer | LabelEvent, question: LabelQuestion): boolean {
  if (answer.kind === 'skip') return true
  if (answer.kind === 'undo' || answer.kind !== question.kind) return false
  switch (answer.kind) {
    case 'send':
      return typeof answer.value === 'boolean'
    case 'reason':
      return isReason(answer.text, question.kind === 'reason' && question.required)
    case 'score':
      return question.kind === 'score' && answer.score === question.score && isStep(answer.value, HIGHEST_SCORE)
    case 'claim':
      return question.kind === 'claim' && answer.bullet === question.bullet && CLAIM_ANSWERS.includes(answer.value)
    case 'missing':
      return isStep(answer.value, MOST_MISSING)
    default:
      return PAIR_ANSWERS.includes(answer.value)
  }
}

function isReason(text: unknown, required: boolean): boolean {
  return typeof text === 'string' && text.length <= MOST_REASON && (!required || text.trim().length >= LEAST_REASON)
}

function isStep(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}
