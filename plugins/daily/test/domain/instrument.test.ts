import {expect} from 'chai'

import type {Anchor} from '#src/domain/baseline.js'
import {anchorDay, instrumentChange} from '#src/domain/instrument.js'

import {Simulation} from '../../../../packages/statistics/test/simulated.ts'
import {JUDGE} from '../board-of.ts'

const ANCHORS: Anchor[] = Array.from({length: 10}, (_, i) => ({
  sample_id: `@habr:2024-01-${10 + i}`,
  scores: {coverage: 0.6 + i / 50, accuracy: 0.97},
}))
const LLM = {name: 'llm', signature: 'llm|v:1', model: 'qwen3-32b'}

/** The anchors of a day with so much added to every score. */
function judged(add: (i: number) => number) {
  const scores = ANCHORS.map(
    ({sample_id, scores}, i) =>
      [sample_id, Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, value + add(i)]))] as const,
  )
  return anchorDay(ANCHORS, new Map(scores))
}

const dayOf = (judge: typeof LLM | typeof JUDGE, add: (i: number) => number) => ({day: '', judge, anchors: judged(add)})

describe('the instrument', () => {
  it('has changed with the judge’s signature', () => {
    const found = instrumentChange({judge: JUDGE, days_between_alarms: 365}, [
      {day: '', judge: {...JUDGE, signature: 'lexical|v:2'}, anchors: judged(() => 0)},
    ])
    expect(found).to.deep.equal({cause: 'another_judge', before: 'lexical|v:1', now: 'lexical|v:2'})
  })

  it('has changed with the model that is asked, though the prompt is the same', () => {
    const found = instrumentChange({judge: LLM, days_between_alarms: 365}, [
      dayOf({...LLM, model: 'qwen3-8b'}, () => 0),
    ])
    expect(found).to.deep.equal({
      cause: 'another_judge',
      before: 'llm|v:1 (qwen3-32b)',
      now: 'llm|v:1 (qwen3-8b)',
    })
  })

  it('that computes has changed with the smallest difference of one anchor', () => {
    const baseline = {judge: JUDGE, days_between_alarms: 365}
    expect(instrumentChange(baseline, [dayOf(JUDGE, () => 0)])).to.equal(undefined)
    expect(instrumentChange(baseline, [dayOf(JUDGE, i => (i === 3 ? 1e-6 : 0))])).to.include({cause: 'anchors'})
  })

  it('that asks a model has changed when its anchors move by 0.05, at once', () => {
    const simulation = new Simulation(1)
    const found = instrumentChange({judge: LLM, days_between_alarms: 365}, [
      dayOf(LLM, () => 0.05 + 0.01 * simulation.normal()),
    ])
    expect(found).to.include({cause: 'anchors', anchors: 10})
  })

  it('that asks a model may differ by chance: hardly ever in a year', () => {
    const simulation = new Simulation(2)
    const days = Array.from({length: 365}, () => dayOf(LLM, () => 0.03 * simulation.normal()))
    const changed = days.filter((_, i) =>
      instrumentChange({judge: LLM, days_between_alarms: 365}, days.slice(0, i + 1)),
    )
    expect(changed).to.have.length.below(3)
  })

  it('that drifts slowly is found, too', () => {
    const simulation = new Simulation(3)
    const days = Array.from({length: 90}, (_, i) => dayOf(LLM, () => i / 4000 + 0.02 * simulation.normal()))
    expect(instrumentChange({judge: LLM, days_between_alarms: 365}, days)).to.include({cause: 'anchors'})
  })

  it('has not drifted once it is back: days of another judge say nothing of it', () => {
    const simulation = new Simulation(4)
    const days = Array.from({length: 120}, (_, i) => {
      const isAway = i >= 40 && i < 80
      const judge = isAway ? {...LLM, model: 'qwen3-8b'} : LLM
      return dayOf(judge, () => (isAway ? 0.05 : 0) + 0.02 * simulation.normal())
    })
    expect(instrumentChange({judge: LLM, days_between_alarms: 365}, days.slice(0, 60))).to.include({
      cause: 'another_judge',
    })
    expect(instrumentChange({judge: LLM, days_between_alarms: 365}, days)).to.equal(undefined)
  })
})
