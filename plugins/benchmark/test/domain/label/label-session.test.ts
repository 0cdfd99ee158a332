import {expect} from 'chai'
import * as fc from 'fast-check'

import {bulletsOf, withoutHeading} from '#src/domain/label/bullets.js'
import {type LabelAnswer, type LabelEvent, standing} from '#src/domain/label/label-event.js'
import {actionOf, codeOfCharacter} from '#src/domain/label/label-keys.js'
import type {LabelItem, LabelPlan} from '#src/domain/label/label-plan.js'
import {LabelSession} from '#src/domain/label/label-session.js'

const TIME = {at: '2024-12-04T09:00:00.000Z', ms: 5}
const ITEMS: LabelItem[] = ['i001', 'i002', 'i003'].map(item => ({
  item,
  posts: ['Пост.'],
  texts: [`- первый ${item}\n- второй ${item}`, `другой ${item}`],
}))

function planOf(mode: LabelPlan['mode']): LabelPlan {
  return {
    plan_version: 1,
    name: 'p',
    mode,
    seed: 1,
    sampling: 'uniform',
    pool: 3,
    overlap: 1,
    scores: ['coverage', 'accuracy'],
    items: [],
    raters: {anna: ITEMS.map(({item}, i) => ({item, pass: 1, first: i % 2 === 0 ? 0 : 1}))},
  }
}

function sessionOf(mode: LabelPlan['mode'], events: readonly LabelEvent[] = []): LabelSession {
  const items = new Map(ITEMS.map(item => [item.item, item]))
  return new LabelSession({plan: planOf(mode), rater: 'anna', items, rubric: 'r1'}, events)
}

/** Presses keys; gives back the lines. */
function press(session: LabelSession, keys: string, lines: LabelEvent[] = []): LabelEvent[] {
  for (const key of keys) {
    const {question} = session
    const action: LabelAnswer | {kind: 'undo'} | undefined =
      question?.kind === 'reason' && key === '.'
        ? {kind: 'reason', text: 'потому что'}
        : actionOf(codeOfCharacter(key), question)
    const line = action?.kind === 'undo' ? session.undo(TIME) : action && session.answer(action, TIME)
    if (!line) continue
    session.keep(line)
    lines.push(line)
  }
  return lines
}

function answered(session: LabelSession, answer: LabelAnswer): LabelEvent | undefined {
  const line = session.answer(answer, TIME)
  if (line) session.keep(line)
  return line
}

describe('a labelling session', () => {
  it('asks the binary question with its reason first, then the scores, then goes on', () => {
    const session = sessionOf('score')
    expect(session.question).to.deep.equal({kind: 'send'})
    press(session, '2')
    expect(session.question).to.deep.equal({kind: 'reason', required: true})
    expect(session.answer({kind: 'reason', text: ' '}, TIME)).to.equal(undefined)
    press(session, '.')
    expect(session.question).to.deep.equal({kind: 'score', score: 'coverage'})
    press(session, '50')
    expect([session.done, session.item?.item]).to.deep.equal([1, 'i002'])
  })

  it('asks about every bullet and then for what is missing', () => {
    const session = sessionOf('claims')
    expect(session.question).to.include({kind: 'claim', bullet: 0, text: 'первый i001'})
    expect(press(session, '129').map(line => ('value' in line ? line.value : undefined))).to.deep.equal([
      'right',
      'wrong',
      9,
    ])
    expect(session.done).to.equal(1)
  })

  it('shows the texts of a pair in the planned order and asks once', () => {
    const session = sessionOf('pair')
    expect(session.texts[0]).to.equal(ITEMS[0]?.texts[0])
    press(session, '1')
    expect(session.texts[0]).to.equal(ITEMS[1]?.texts[1])
    expect(press(session, '4')).to.deep.equal([
      {kind: 'pair', value: 'both_bad', item: 'i002', pass: 1, order: 1, rubric: 'r1', ...TIME},
    ])
  })

  it('goes on at any line exactly where it was', () => {
    const lines = press(sessionOf('score'), '1.u.34su1.55')
    for (const [written] of [...lines, undefined].entries()) {
      const session = sessionOf('score', lines.slice(0, written))
      const rest = press(sessionOf('score', lines.slice(0, written)), '1')
      expect(session.lines).to.equal(written)
      expect(rest.length).to.be.at.most(1)
    }
    const whole = sessionOf('score')
    press(whole, '1.u.34su1.55')
    const resumed = sessionOf('score', lines)
    expect([resumed.done, resumed.question, resumed.given]).to.deep.equal([whole.done, whole.question, whole.given])
  })

  it('undoes to any depth: what holds is what a run without errors gives', () => {
    const keys = fc.array(fc.constantFrom('1', '2', '3', '5', '.', 's', 'u'), {maxLength: 60})
    fc.assert(
      fc.property(keys, pressed => {
        const lines = press(sessionOf('score'), pressed.join(''))
        // The same answers, given without errors.
        const clean = sessionOf('score')
        const again = standing(lines).map(line => answered(clean, line as LabelAnswer))
        expect(again).to.deep.equal(standing(lines))
        const resumed = sessionOf('score', lines)
        expect([resumed.done, resumed.question]).to.deep.equal([clean.done, clean.question])
      }),
    )
  })

  it('asks again what could not be kept', () => {
    const session = sessionOf('pair')
    press(session, '1')
    const before = [session.lines, session.done, session.question]
    expect([session.answer({kind: 'pair', value: 'tie'}, TIME), session.undo(TIME)]).to.not.include(undefined)
    expect([session.lines, session.done, session.question]).to.deep.equal(before)
  })

  it('has nothing to undo at the beginning, and nothing to answer at the end', () => {
    const session = sessionOf('pair')
    expect(session.undo(TIME)).to.equal(undefined)
    press(session, '123')
    expect([session.done, session.question]).to.deep.equal([3, undefined])
    expect(press(session, '1s')).to.deep.equal([])
    expect(press(session, 'u')).to.have.length(1)
    expect(session.done).to.equal(2)
  })
})

describe('keys', () => {
  it('are the same in both layouts', () => {
    for (const [latin, russian] of [
      ['u', 'г'],
      ['s', 'ы'],
      ['q', 'й'],
      ['n', 'т'],
    ] as const)
      expect(codeOfCharacter(russian)).to.equal(codeOfCharacter(latin))
    expect(codeOfCharacter('Г')).to.equal('KeyU')
  })

  it('mean nothing where the question has no such answer', () => {
    expect(actionOf('Digit3', {kind: 'send'})).to.equal(undefined)
    expect(actionOf('Digit6', {kind: 'score', score: 'coverage'})).to.equal(undefined)
    expect(actionOf('Digit0', {kind: 'pair'})).to.equal(undefined)
    expect(actionOf('KeyS', undefined)).to.equal(undefined)
  })
})

describe('bullets', () => {
  it('are list items, or paragraphs where there is no list', () => {
    expect(bulletsOf('# Итоги\n\n- один\n* два\n3. три')).to.deep.equal(['один', 'два', 'три'])
    expect(bulletsOf('один\n\nдва')).to.deep.equal(['один', 'два'])
  })

  it('lose the heading by which a writer could be told', () => {
    expect(withoutHeading('# Дайджест модели X\n\n- один')).to.equal('- один')
    expect(withoutHeading('**Главное**\n- один')).to.equal('- один')
    expect(withoutHeading('# только заголовок')).to.equal('# только заголовок')
  })
})
