import {patientFetch} from '@ep23/plugin-dataset'
import {usageError} from '@ep23/sdk'
import OpenAI from 'openai'

import {type Endpoint, requestError} from './request-error.js'

export interface ServerOptions {
  /** Base URL of an OpenAI-compatible server. */
  url: string | undefined
  /** Where the URL was given, for messages. Default LLM_URL. */
  urlFrom?: string | undefined
  apiKey: string | undefined
  model: string
  /** What needs the server, for messages: `embeddings`. */
  purpose: string
  timeoutSeconds: number
  signal: AbortSignal
}

export interface Server {
  /** Runs one request of the client; what fails becomes an error that says what to do. */
  ask<T>(request: (client: OpenAI) => Promise<T>): Promise<T>
}

/** Requests are repeated this often: 429, 408, 409, 5xx, lost connections, time-outs. */
const RETRIES = 3

/** @throws Ep23Error USAGE (64) without a URL, at once. */
export function openServer(options: ServerOptions): Server {
  const {url, urlFrom = 'LLM_URL', apiKey, model, purpose, timeoutSeconds, signal} = options
  if (!isHttp(url)) throw noServer(url, urlFrom, purpose)
  const endpoint: Endpoint = {url, apiKey, model, timeoutSeconds}
  const client = new OpenAI({
    baseURL: url,
    apiKey: apiKey ?? 'none',
    maxRetries: RETRIES,
    timeout: Math.ceil(timeoutSeconds * 1000),
    logLevel: 'off',
    fetch: patientFetch,
  })
  return {
    async ask(request) {
      try {
        return await request(client)
      } catch (error) {
        signal.throwIfAborted()
        throw requestError(error as Error, endpoint)
      }
    },
  }
}

// `localhost:1234` is a URL too, of the scheme `localhost`.
function isHttp(url: string | undefined): url is string {
  return url !== undefined && URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol)
}

function noServer(url: string | undefined, from: string, purpose: string): Error {
  const state = url === undefined ? 'is not set' : `is no http:// or https:// URL: "${url}"`
  return usageError(`${from} ${state}, and ${purpose} need it`, [
    'give the base URL of an OpenAI-compatible server, for example LLM_URL=http://localhost:11434/v1',
  ])
}
