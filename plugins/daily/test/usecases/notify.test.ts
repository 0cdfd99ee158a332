import {expect} from 'chai'

import {makeBaseline} from '#src/domain/baseline.js'
import {type BoardLine, type DailyState, type Drop, type Finding, STATES} from '#src/domain/board-line.js'
import {daysUnder, instrumentChange} from '#src/domain/instrument.js'
import type {Notice} from '#src/domain/message.js'
import type {Notifier, Receipt} from '#src/domain/notifier.js'
import {notify, stateMessage} from '#src/usecases/notify.js'

import {boardOf} from '../board-of.ts'
import {inEnglish} from '@ep23/sdk/testing'

/** Days from a Monday, in these states. */
function days(...states: DailyState[]): BoardLine[] {
  return boardOf({days: states.length, first: '2024-11-18'}).map((line, i) => ({...line, state: states[i] ?? 'quiet'}))
}

const DROP: Drop = {
  ...{score: 'coverage', alarm: '2024-11-19', since: {from: '2024-11-12', to: '2024-11-16'}},
  ...{size: {estimate: -0.05, low: -0.08, high: -0.02}, channels: ['@habr', '@proglib']},
}

class Ear implements Notifier {
  readonly heard: Notice[] = []
  readonly receipts: Receipt[] = []
  readonly name = 'telegram'
  readonly counted: string[] = []
  readonly repeats: boolean
  deaf = false

  constructor(repeats = false) {
    this.repeats = repeats
  }

  async send(message: Notice): Promise<void> {
    if (this.deaf) throw new Error('it answered 500')
    this.heard.push(message)
  }

  async hear(lines: readonly BoardLine[]): Promise<string[]> {
    return inEnglish(
      await notify(
        {
          notifiers: [this],
          clock: {now: () => new Date('2024-11-26T03:30:00Z')},
          receipts: {read: async () => this.receipts, add: async receipt => void this.receipts.push(receipt)},
          metrics: {notifications: {inc: ({outcome}) => void this.counted.push(outcome)}},
        },
        lines,
        undefined,
      ),
    )
  }

  /** Told of each day in turn. */
  async live(...states: DailyState[]): Promise<string[]> {
    const lines = days(...states)
    for (const [i] of lines.entries()) await this.hear(lines.slice(0, i + 1))
    return this.heard.filter(({kind}) => kind === 'state').map(({key}) => key.slice(11))
  }
}

describe('who is told what', () => {
  it('a change of state, once, and nothing while it lasts', async () => {
    const told = await new Ear().live('quiet', 'watch', 'watch', 'alarm', 'alarm', 'quiet', 'quiet')
    expect(told).to.deep.equal(['watch', 'alarm', 'quiet'])
  })

  it('nothing while a baseline is gathered', async () =>
    expect(await new Ear().live('learning', 'learning', 'quiet')).to.deep.equal([]))

  it('the same day twice is told once', async () => {
    const ear = new Ear()
    const lines = days('quiet', 'alarm')
    await ear.hear(lines)
    await ear.hear(lines)
    expect(ear.heard).to.have.length(1)
    expect(ear.counted).to.deep.equal(['sent'])
  })

  it('after an outage of days only what holds now', async () => {
    const ear = new Ear()
    await ear.hear(days('quiet', 'alarm', 'quiet', 'missing', 'watch'))
    expect(ear.heard.map(({state}) => state)).to.deep.equal(['watch'])
  })

  it('who could not be reached is told with the next call; it is a warning and no error', async () => {
    const ear = new Ear()
    ear.deaf = true
    expect(await ear.hear(days('quiet', 'alarm'))).to.deep.equal([
      'telegram was not told: it answered 500; it is tried again with the next call',
    ])
    ear.deaf = false
    expect(await ear.hear(days('quiet', 'alarm', 'alarm'))).to.deep.equal([])
    expect(ear.heard.map(({state}) => state)).to.deep.equal(['alarm'])
    expect(ear.counted).to.deep.equal(['failed', 'sent'])
  })

  it('the week, once it is over', async () => {
    const ear = new Ear()
    await ear.live('quiet', 'quiet', 'watch', 'quiet', 'unmeasured', 'quiet', 'quiet', 'quiet', 'quiet')
    const weeks = ear.heard.filter(({kind}) => kind === 'week')
    expect(weeks).to.have.length(1)
    expect(weeks[0]?.lines.slice(0, 2)).to.deep.equal([
      'Неделя 18–24 ноября',
      'Дни: спокойно — 5, наблюдение — 1, не измерено — 1.',
    ])
  })

  it('Alertmanager is told again every day that is not quiet, and once that it is', async () => {
    const told = await new Ear(true).live('quiet', 'alarm', 'alarm', 'quiet', 'quiet')
    expect(told).to.deep.equal(['alarm', 'alarm', 'quiet'])
  })
})

describe('what is told', () => {
  it('has a title, a next step and no empty line, in every state', async () => {
    for (const state of STATES.filter(each => each !== 'learning')) {
      const ear = new Ear()
      const lines = days(state === 'quiet' ? 'alarm' : 'quiet', state)
      await ear.hear(lines.slice(0, 1))
      await ear.hear(lines.map(line => ({...line, detector: {evidence: 400, by_score: {}, drop: DROP}})))
      const told = ear.heard.at(-1)?.lines ?? []
      expect(told[0], state).to.match(/^\p{Extended_Pictographic}/u)
      expect(told.at(-1)).to.equal('Подробно: ep23 daily show 2024-11-19')
      for (const text of told)
        expect(text.trim())
          .to.not.equal('')
          .and.not.match(/undefined|NaN|\bnull\b/u)
    }
  })

  it('says of a judge that drifts what has drifted, whatever it did under the baseline before', async () => {
    const anchorsOf = (mean: number) => ({
      anchors: 10,
      differences: {coverage: {mean, standard_error: 0.01, measured: 10, changed: 10}},
    })
    const judge = {name: 'llm', signature: 'llm|v:1', model: 'qwen3-32b'}
    const lines = boardOf({days: 100}).map((line, day) => ({
      ...{...line, judge},
      ...(day < 60
        ? {baseline: 'before', anchors: anchorsOf(day % 2 ? 0.04 : -0.04)}
        : {baseline: 'now', anchors: anchorsOf((day - 60) / 1000)}),
    }))
    const options = {from: '2024-01-01', to: '2024-01-30', adjusted: true, daysBetweenAlarms: 365, anchors: []}
    const baseline = {id: 'now', baseline: makeBaseline(lines, options)}
    const last = {...lines.at(-1)!, state: 'instrument' as const}
    expect(instrumentChange(baseline.baseline, daysUnder('now', lines, last.day))).to.include({cause: 'anchors'})
    expect(stateMessage(last, {before: 'quiet', lines, baseline}).lines[1]).to.equal(
      'Те же 10 эталонов получили другие оценки: полнота +0,039.',
    )
  })

  it('says of an alarm how much, since when and where, as a person would', async () => {
    const ear = new Ear()
    const lines = days('alarm').map(line => ({
      ...line,
      anchors: {anchors: 10, differences: {}},
      detector: {evidence: 400, by_score: {}, drop: DROP},
    }))
    await ear.hear(lines)
    expect(ear.heard[0]?.lines).to.deep.equal([
      '🔴 Полнота упала: −0,05 (−0,08 … −0,02), началось 12–16 ноября.',
      'Ложная тревога бывает в среднем не чаще раза в год.',
      'Каналы: @habr, @proglib.',
      'Судья не изменился (10 эталонов).',
      'Подробно: ep23 daily show 2024-11-18',
    ])
  })

  it('names what became of posts in the week’s summary', async () => {
    const ear = new Ear()
    const finding: Finding = {
      ...{kind: 'post_deleted', day: '2024-11-20', channel: '@habr'},
      ...{post: 'https://t.me/habr/1', sentence: 'Завод <выпустил> электробус.'},
    }
    const week = days('quiet', 'quiet', 'quiet', 'quiet', 'quiet', 'quiet', 'quiet')
    await ear.hear(week.map((line, i) => (i === 3 ? {...line, findings: [finding]} : line)))
    expect(ear.heard[0]?.lines.at(-1)).to.equal(
      '• пост исчез после дайджеста: @habr https://t.me/habr/1 — «Завод <выпустил> электробус.»',
    )
  })
})
