import {setTimeout as delay} from 'node:timers/promises'

import type {TokenUsage} from '@ep23/sdk'
import {expect} from 'chai'

import {Budget} from '#src/usecases/run/budget.js'
import type {RunLimits} from '#src/usecases/run/run-request.js'

const used = (changes: Partial<TokenUsage>): TokenUsage => ({
  calls: 1,
  prompt_tokens: 0,
  completion_tokens: 0,
  cost: null,
  ...changes,
})

describe('the budget of a run', () => {
  const told: string[] = []
  let budget: Budget
  let now = 0
  beforeEach(() => {
    told.length = 0
    now = 0
  })
  afterEach(() => budget.close())

  function open(limits: Partial<RunLimits>): Budget {
    const clock = {now: () => new Date(), monotonic: () => now}
    budget = new Budget({sampleSeconds: 1, ...limits}, clock, sentence => told.push(sentence.english))
    return budget
  }

  const CASES: Record<string, {limits: Partial<RunLimits>; spend: (part: number) => void}> = {
    '--max-cost 2': {limits: {maxCost: 2}, spend: part => budget.add(used({cost: 2 * part}))},
    '--max-tokens 1000': {
      limits: {maxTokens: 1000},
      spend: part => budget.add(used({prompt_tokens: 900 * part, completion_tokens: 100 * part})),
    },
    '--max-minutes 5': {
      limits: {maxMinutes: 5},
      spend(part) {
        now += part * 300
        budget.add(undefined)
      },
    },
  }
  for (const [name, {limits, spend}] of Object.entries(CASES))
    it(`says once that 80 % of ${name} is used up, and then that it is spent`, () => {
      open(limits)
      spend(0.7)
      expect(told).to.deep.equal([])
      spend(0.11)
      spend(0.01)
      expect(told).to.deep.equal([`80 % of ${name} is used up`])
      expect(budget.text()).to.match(/--max-\w+ 8[12] %$/u)
      expect(budget.spent()).to.equal(undefined)
      spend(0.19)
      expect(told).to.have.length(1)
      expect(budget.spent()).to.match(new RegExp(`^${name} is (?:spent|over)$`, 'u'))
    })

  it('says how many more answers can be paid for, by the dearer of its limits', () => {
    expect(open({maxMinutes: 5}).affordable()).to.equal(Infinity)
    budget.close()
    open({maxCost: 10, maxTokens: 4000})
    expect(budget.affordable()).to.equal(0)
    budget.add(used({cost: 1, prompt_tokens: 500}))
    budget.add(undefined)
    expect(budget.affordable()).to.equal(7)
    budget.add(used({cost: 3}))
    expect(budget.affordable()).to.equal(3)
  })

  it('says each limit for itself', () => {
    open({maxCost: 1, maxTokens: 10})
    budget.add(used({cost: 0.9, prompt_tokens: 9}))
    expect(told).to.have.length(2)
  })

  it('tells that time runs out, and ends it, while a silent server is waited for', async () => {
    open({maxMinutes: 0.002})
    const {signal} = budget
    await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}))
    expect(told).to.deep.equal(['80 % of --max-minutes 0.002 is used up'])
    expect(budget.spent()).to.equal('--max-minutes 0.002 is over')
  })

  it('has more time than a timer of Node can wait', async () => {
    open({maxMinutes: 40_000})
    await delay(20)
    expect([budget.signal.aborted, budget.spent(), told]).to.deep.equal([false, undefined, []])
  })

  it('names calls without token counts beside the tokens, and says once that a limit cannot count them', () => {
    open({maxTokens: 100})
    budget.add(used({prompt_tokens: 30, unknown_calls: 1}))
    budget.add(used({unknown_calls: 2}))
    expect(budget.text()).to.equal('30 tokens, 3 calls without token counts')
    expect(told).to.deep.equal([
      'the server answered a call without token counts, so more may be spent than --max-tokens can count',
    ])
  })
})
