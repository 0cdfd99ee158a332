import {badDataError} from '@ep23/sdk'
import type {Embedder, VectorCache} from '../domain/model-ports.js'
import {message} from '../words/words.js'

export interface EmbedDeps {
  embedder: Embedder
  cache: VectorCache
  signal: AbortSignal
  onProgress: (done: number, total: number) => void
}

export interface EmbedOptions {
  /** Texts of one request. */
  batchSize: number
  /** Ask for all of them again, also where the cache has them. */
  fresh: boolean
}

export interface EmbeddedTexts {
  /** Of every text that is not blank. */
  vectors: ReadonlyMap<string, Float32Array>
  /** Vectors that the server made now, and those that were there. */
  computed: number
  reused: number
}

/**
 * Vectors of texts, each text once: those in the cache are taken from there, the others are asked for in batches, and every batch
 * is kept as soon as it has come, so that an interrupted run goes on where it stopped. Blank texts have no vector.
 * @throws Ep23Error RAG_EMBEDDING_BAD (65) when a vector has another length than the others; and what the embedder throws.
 */
export async function embedTexts(
  {embedder, cache, signal, onProgress}: EmbedDeps,
  texts: Iterable<string>,
  {batchSize, fresh}: EmbedOptions,
): Promise<EmbeddedTexts> {
  const distinct = [...new Set(texts)].filter(text => text.trim() !== '')
  const vectors = fresh ? new Map<string, Float32Array>() : await cache.find(embedder, distinct)
  requireOneLength(embedder.model, vectors.values())
  const missing = distinct.filter(text => !vectors.has(text))
  for (let start = 0; start < missing.length; start += batchSize) {
    signal.throwIfAborted()
    const batch = missing.slice(start, start + batchSize)
    const made = await embedder.embed(batch)
    const [known] = vectors.values()
    requireOneLength(embedder.model, known === undefined ? made : [known, ...made])
    const kept = new Map(made.flatMap((vector, i) => batch.slice(i, i + 1).map(text => [text, vector] as const)))
    await cache.keep(embedder, kept)
    for (const [text, vector] of kept) vectors.set(text, vector)
    onProgress(Math.min(start + batchSize, missing.length), missing.length)
  }
  return {vectors, computed: missing.length, reused: distinct.length - missing.length}
}

function requireOneLength(model: string, vectors: Iterable<Float32Array>): void {
  const [first, ...others] = vectors
  const other = others.find(({length}) => length !== first?.length)
  if (first === undefined || other === undefined) return
  throw badDataError(
    'RAG_EMBEDDING_BAD',
    message('otherDimensions', {model, first: first.length, other: other.length}),
    [message('askAllAgain')],
  )
}
