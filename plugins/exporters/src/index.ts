// What other plugins may use; nothing here loads class-validator.
export {openArchive, type OpenArchive} from './adapters/archive/open-archive.js'
export {packArchive} from './adapters/archive/pack-archive.js'
export {readLines} from './adapters/reading/read-lines.js'
export {canonicalJson, canonicalLine} from './domain/records/canonical-json.js'
export type {ExportFacts, Manifest} from './domain/manifest/manifest.js'
export {MerkleTree} from './domain/manifest/merkle-tree.js'
export {exportersMetrics} from './metrics.js'
