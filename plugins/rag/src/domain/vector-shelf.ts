/** Where vectors are kept from run to run, by the model and the very text they were made of. */
export interface VectorShelf {
  /** The vectors that are there, by text. */
  find(model: string, texts: readonly string[]): Promise<Map<string, Float32Array>>
  keep(model: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void>
}
