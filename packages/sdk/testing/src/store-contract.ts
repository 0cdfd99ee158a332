import type {Store} from '@ep23/sdk'
import {deletingContract} from './store-contract/deleting-contract.js'
import {exchangingContract} from './store-contract/exchanging-contract.js'
import {findingContract} from './store-contract/finding-contract.js'
import {lifeCycleContract} from './store-contract/life-cycle-contract.js'
import {describe, type StoreMaker} from './store-contract/store-suite.js'
import {upsertingContract} from './store-contract/upserting-contract.js'
import {valuesContract} from './store-contract/values-contract.js'

/**
 * Registers the tests that every adapter of the Store port must pass, with mocha's globals.
 * @param makeStore gives a new, empty store for each test; the suite disposes of it
 */
export function storeContract(name: string, makeStore: () => Promise<Store>): void {
  const contracts: Record<string, (makeStore: StoreMaker) => void> = {
    values: valuesContract,
    upserting: upsertingContract,
    exchanging: exchangingContract,
    finding: findingContract,
    'counting and deleting': deletingContract,
    'life cycle': lifeCycleContract,
  }
  describe(`${name} keeps the contract of the Store port`, () => {
    for (const [title, contract] of Object.entries(contracts)) describe(title, () => contract(makeStore))
  })
}
