import {badDataError, type Ep23Error} from '@ep23/sdk'

import type {Embedder} from '../../domain/embedder.js'
import {openServer} from '../openai/open-server.js'

export interface EmbedderOptions {
  url: string | undefined
  /** Where the URL was given, for messages. Default LLM_URL. */
  urlFrom?: string | undefined
  apiKey: string | undefined
  model: string
  timeoutSeconds: number
  signal: AbortSignal
}

/**
 * Embeddings of any server that speaks OpenAI's `/embeddings`. Numbers are asked for as such: servers differ in what they do with
 * Base64.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function httpEmbedder(options: EmbedderOptions): Embedder {
  const {url, model, signal} = options
  const server = openServer({...options, purpose: 'embeddings'})
  return {
    model,
    async embed(texts) {
      const request = {model, input: [...texts], encoding_format: 'float' as const}
      const reply: unknown = await server.ask(client => client.embeddings.create(request, {signal}))
      return readVectors(reply, texts.length, problem => badReply(`${model} at ${url}: ${problem}`))
    },
  }
}

type Refuse = (problem: string) => Ep23Error

function badReply(problem: string): Ep23Error {
  return badDataError('RAG_EMBEDDING_BAD', problem, [
    'check with the server’s own tools what it answers; nothing of this reply was kept',
  ])
}

// Servers of many makes answer here: nothing is taken for granted, not even the order.
function readVectors(reply: unknown, count: number, refuse: Refuse): Float32Array[] {
  const data = (reply as {data?: unknown} | null)?.data
  if (!Array.isArray(data)) throw refuse('the reply has no list "data"')
  if (data.length !== count) throw refuse(`${data.length} vectors for ${count} texts`)
  const vectors: Float32Array[] = []
  for (const [place, entry] of (data as unknown[]).entries()) {
    const {index = place, embedding} = (entry ?? {}) as {index?: unknown; embedding?: unknown}
    if (typeof index !== 'number' || !(index in data) || index in vectors)
      throw refuse(`the index ${JSON.stringify(index)} is wrong or comes twice`)
    vectors[index] = readVector(embedding, refuse)
  }
  const [first] = vectors
  const other = vectors.find(({length}) => length !== first!.length)
  if (other) throw refuse(`vectors of ${first!.length} and of ${other.length} dimensions in one reply`)
  return vectors
}

function readVector(embedding: unknown, refuse: Refuse): Float32Array {
  if (!Array.isArray(embedding) || embedding.length === 0) throw refuse('an embedding is no list of numbers')
  const vector = Float32Array.from(embedding as unknown[], value => (typeof value === 'number' ? value : Number.NaN))
  if (!vector.every(Number.isFinite)) throw refuse('an embedding holds something that is no 32-bit number')
  if (vector.every(value => value === 0)) throw refuse('an embedding is nothing but zeros: it has no direction')
  return vector
}
