// What other plugins may use; nothing here loads class-validator.
export {canonicalJson, canonicalLine} from './domain/canonical-json.js'
export type {ExportFacts, Manifest} from './domain/manifest.js'
export {MerkleTree} from './domain/merkle-tree.js'
export {exportersMetrics} from './metrics.js'
