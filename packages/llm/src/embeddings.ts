import type {LlmClient} from './client.js'
import type {Droppable} from './failures.js'
import {LlmFailure} from './failures.js'
import {tokensOf} from './usage.js'

/** Vectors are long: 2,048 texts of 4,096 numbers each, written out. */
const LONGEST_REPLY = 256 * 1024 * 1024

/**
 * Embeddings by OpenAI's `/embeddings`, in the order of the texts. Numbers are asked for as such: servers differ in what they do with
 * Base64.
 * @returns a vector for each text, all of one length and none of nothing but zeros
 * @throws LlmFailure, also `unusable` for a reply that is not exactly that
 */
export async function embed(
  client: LlmClient,
  {model, texts}: {model: string; texts: readonly string[]},
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const body = (refused: ReadonlySet<Droppable>) => ({
    model,
    input: texts,
    ...(refused.has('encoding_format') ? {} : {encoding_format: 'float'}),
  })
  const read = (json: unknown) => ({
    value: readVectors(json, texts.length),
    tokens: tokensOf((json as {usage?: unknown}).usage),
  })
  return (await client.fetchWithRetry({path: '/embeddings', body, longestReply: LONGEST_REPLY}, read, signal)).value
}

// Servers of many makes answer here: nothing is taken for granted, not even the order.
function readVectors(reply: unknown, count: number): Float32Array[] {
  const data = Array.isArray(reply) ? reply : (reply as {data?: unknown} | null)?.data
  if (!Array.isArray(data)) throw unusable('the reply has no list "data"')
  if (data.length !== count) throw unusable(`${data.length} vectors for ${count} texts`)
  const vectors: Float32Array[] = []
  for (const [position, entry] of (data as unknown[]).entries()) {
    const {index = position, embedding} = (entry ?? {}) as {index?: unknown; embedding?: unknown}
    if (typeof index !== 'number' || !(index in data) || index in vectors)
      throw unusable(`the index ${JSON.stringify(index)} is wrong or comes twice`)
    vectors[index] = readVector(embedding)
  }
  const length = vectors[0]?.length
  const other = vectors.find(vector => vector.length !== length)
  if (other) throw unusable(`vectors of ${length} and of ${other.length} dimensions in one reply`)
  return vectors
}

function readVector(embedding: unknown): Float32Array {
  if (!Array.isArray(embedding) || embedding.length === 0) throw unusable('an embedding is not a list of numbers')
  const vector = Float32Array.from(embedding as unknown[], value => (typeof value === 'number' ? value : Number.NaN))
  if (!vector.every(Number.isFinite)) throw unusable('an embedding has a value that is not a 32-bit number')
  if (vector.every(value => value === 0)) throw unusable('an embedding is all zeros: it has no direction')
  return vector
}

function unusable(problem: string): LlmFailure {
  return new LlmFailure('unusable', problem)
}
