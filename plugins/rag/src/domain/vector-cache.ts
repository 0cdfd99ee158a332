import type {Embedder} from './embedder.js'

/** Where vectors are kept from run to run, by the server, the model and the very text they were made of. */
export interface VectorCache {
  /** The vectors that are there, by text. */
  find(source: VectorSource, texts: readonly string[]): Promise<Map<string, Float32Array>>
  keep(source: VectorSource, vectors: ReadonlyMap<string, Float32Array>): Promise<void>
}

/** A model of one name at two servers may be two models. */
export type VectorSource = Pick<Embedder, 'server' | 'model'>
