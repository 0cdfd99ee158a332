import {type Settings, usageError} from '@ep23/sdk'

import {crossEncoderReranker} from '../../adapters/cross-encoder-reranker.js'
import {llmReranker} from '../../adapters/llm-reranker.js'
import type {Reranker} from '../../domain/model-ports.js'
import type {RerankerConfig} from '../../retrieval/retrieval-config.js'

export interface RerankerContext {
  settings: Settings
  signal: AbortSignal
  env: Readonly<Record<string, string | undefined>>
  rerankUrl: string | undefined
}

/** The reranker that the configuration asks for; undefined when it is off. */
export function createReranker(
  {enabled, strategy, seed, llm, cross_encoder}: RerankerConfig,
  {settings, signal, env, rerankUrl}: RerankerContext,
): Reranker | undefined {
  if (!enabled || strategy === 'off') return undefined
  const apiKey = settings.llmApiKey
  if (strategy === 'cross_encoder') return crossEncoderReranker({...cross_encoder, url: rerankUrl, apiKey, signal})
  const temperature = overriddenTemperature(llm.temperature, llm.temperature_override_env, env)
  return llmReranker({...llm, temperature, seed, url: settings.llmUrl, apiKey, signal})
}

function overriddenTemperature(
  temperature: number,
  name: string | null,
  env: Readonly<Record<string, string | undefined>>,
): number {
  const text = name === null ? undefined : env[name]
  if (text === undefined || text === '') return temperature
  const value = Number(text)
  if (value >= 0 && value <= 2) return value
  throw usageError(`${name} is "${text}", but a temperature is a number from 0 to 2`, [`unset ${name}`])
}
