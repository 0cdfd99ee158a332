import type {ContributedJudge} from '@ep23/sdk'
import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {openJudge} from '#src/adapters/open-judge.js'

import {scenarioOf} from '../sample/run-parts.ts'

const LLM = {
  replay: 'off',
  temperature: 0,
  seed: 1,
  maxSourceCharacters: 1000,
  concurrency: 1,
  attemptSeconds: 1,
  attempts: 1,
} as const

describe('finding a judge', () => {
  const team: ContributedJudge = {
    name: 'house-style',
    summary: 'Judges by the house style.',
    open: async ({section}) => ({
      name: 'house-style',
      signature: `house-style|v:${String((section as {edition?: number} | undefined)?.edition ?? 1)}`,
      scale: 'house',
      scores: ['coverage'],
      judge: async () => ({scores: {coverage: {value: 1}}}),
    }),
  }
  const sources = {runtime: fakeRuntime(), contributions: [{plugin: 'team', judges: [team]}], llm: LLM}

  it('opens those of the product and those of a plugin', async () => {
    expect(await openJudge('lexical', scenarioOf(), sources)).to.include({scale: 'lexical'})
    expect(await openJudge('recorded', scenarioOf(), sources)).to.include({scale: 'llm'})
    expect(await openJudge('house-style', scenarioOf(), sources)).to.include({
      signature: 'house-style|v:1',
      scale: 'house',
    })
  })

  it('takes the runner of a scenario that has one, whatever --judge says', async () => {
    expect(await openJudge('lexical', scenarioOf({runner: ['true']}), sources)).to.include({scale: 'runner'})
  })

  it('names all judges there are when it is asked for another', async () => {
    const error = await openJudge('oracle', scenarioOf(), sources).catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'USAGE', exit: 64})
    expect((error as {suggestions: string[]}).suggestions).to.deep.equal([
      'known: lexical, recorded, llm, injection, house-style',
    ])
  })
})
