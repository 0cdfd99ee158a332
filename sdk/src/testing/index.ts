export * from './memory-store.js'
export * from './store-contract.js'
