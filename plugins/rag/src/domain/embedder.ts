/** Makes vectors of texts, in one request. */
export interface Embedder {
  readonly model: string
  /** Name of the server, without credentials. */
  readonly server: string
  /**
   * @param texts at least one, none of them blank.
   * @returns a vector for each text, in their order, all of one length and none of nothing but zeros.
   * @throws Ep23Error for everything else: a vector is there or it is an error, never a stand-in.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}
