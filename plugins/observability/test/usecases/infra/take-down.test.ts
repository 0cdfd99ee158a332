import {expect} from 'chai'

import type {InfraDeps, InfraState} from '#src/domain/infra.js'
import {takeDown} from '#src/usecases/infra/take-down.js'

describe('taking a stack down', () => {
  it('stops the containers and says that nothing is up, although a stray process cannot be ended', async () => {
    const calls: string[] = []
    const deps = {
      processes: {
        bootId: async () => 'boot',
        withToken: async () => [{pid: 1}, {pid: 2}],
        stop: async ({pid}: {pid: number}) => {
          calls.push(`stop ${pid}`)
          if (pid === 1) throw new Error('not ours to end')
        },
      },
      parts: {stop: async ({step}: {step: string}) => void calls.push(`stop ${step}`)},
      metrics: {
        bind: () => ({status: {set: ({step}: {step: string}, value: number) => calls.push(`${step} ${value}`)}}),
      },
      state: {clear: async () => void calls.push('clear')},
    } as unknown as InfraDeps
    const state = {boot_id: 'boot', token: 't', steps: [{step: 'mongo', provider: 'docker'}]} as unknown as InfraState
    const error = await takeDown(deps, state).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('message', 'not ours to end')
    expect(calls).to.deep.equal(['stop 1', 'stop 2', 'stop mongo', 'mongo 0'])
  })
})
