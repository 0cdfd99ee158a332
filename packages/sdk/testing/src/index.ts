export * from './fake-runtime.js'
export * from './memory-store.js'
export * from './store-contract.js'
export * from './plain-text.js'
