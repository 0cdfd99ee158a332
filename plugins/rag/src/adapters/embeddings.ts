import {embed, failureError, LlmClient, LlmFailure, openEndpoint} from '@ep23/llm'
import type {Embedder, VectorCache, VectorSource} from '../domain/model-ports.js'
import {createHash} from 'node:crypto'
import {whereStored, type Store} from '@ep23/sdk'
import {message} from '../words/words.js'

/** Requests for one batch: 429, 5xx, lost connections and time-outs are asked again. */
const ATTEMPTS = 4

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
 * Embeddings of any server that speaks OpenAI's `/embeddings`.
 * @throws Ep23Error USAGE (64) without a URL, at once.
 */
export function httpEmbedder({url, urlFrom, apiKey, model, timeoutSeconds, signal}: EmbedderOptions): Embedder {
  const endpoint = openEndpoint({url, from: urlFrom, apiKey, neededBy: message('embeddingsNeed')})
  const client = new LlmClient({endpoint, attempts: ATTEMPTS, attemptSeconds: timeoutSeconds})
  return {
    model,
    server: endpoint.name,
    async embed(texts) {
      try {
        return await embed(client, {model, texts}, signal)
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof LlmFailure ? failureError(error, endpoint, model) : error
      }
    },
  }
}

interface StoredVector {
  /** SHA-256 of server, model and text, lower-case hex. */
  embedding_id: string
  model: string
  dimensions: number
  /** 32-bit numbers, little-endian, in Base64. */
  vector: string
}

const COLLECTION = 'ep23_embeddings'
const KEYS_A_QUERY = 500

/** Vectors in the store, one document each: a text that has not changed is never sent again. */
export function storedVectors(store: Store): VectorCache {
  const collection = store.collection<StoredVector>(COLLECTION)
  return {
    async find(source, texts) {
      const byKey = Map.groupBy(texts, text => keyOf(source, text))
      const keys = [...byKey.keys()]
      const found = new Map<string, Float32Array>()
      for (let start = 0; start < keys.length; start += KEYS_A_QUERY) {
        const some = keys.slice(start, start + KEYS_A_QUERY)
        for await (const {embedding_id, vector} of whereStored(collection.find({embedding_id: {$in: some}})))
          for (const text of byKey.get(embedding_id) ?? []) found.set(text, decode(vector))
      }
      return found
    },
    async keep(source, vectors) {
      const documents = Array.from(vectors, ([text, vector]) => ({
        embedding_id: keyOf(source, text),
        model: source.model,
        dimensions: vector.length,
        vector: encode(vector),
      }))
      await collection.upsertMany(documents, 'embedding_id')
    },
  }
}

function keyOf({server, model}: VectorSource, text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([server, model, text]))
    .digest('hex')
}

function encode(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * 4)
  return bytes.toString('base64')
}

function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  return Float32Array.from({length: bytes.length / 4}, (_, i) => bytes.readFloatLE(i * 4))
}
