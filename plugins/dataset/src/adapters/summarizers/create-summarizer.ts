import {type Message, usageError, type Settings, verbatim} from '@ep23/sdk'

import type {Summarizer} from '../../domain/summarizer.js'
import type {OpenaiSummarizerOptions} from './openai-summarizer.js'
import {extractiveSummarizer} from './summarize-day.js'
import {message} from '../../words/words.js'

/** By which flag the summariser was named, and what else that flag takes. */
interface Naming {
  flag?: string
  others?: readonly Message[]
}

/**
 * The summariser that `--summarizer` or another flag names: `extractive`, or `openai:MODEL` at `LLM_URL`.
 * @throws Ep23Error USAGE (64) for another name, or without a server's address
 */
export async function createSummarizer(
  name: string,
  {llmUrl, llmApiKey}: Settings,
  asking: Pick<OpenaiSummarizerOptions, 'limit' | 'traceparent'> = {},
  {flag = '--summarizer', others = []}: Naming = {},
): Promise<Summarizer> {
  if (name === 'extractive') return extractiveSummarizer
  const model = /^openai:(.+)$/u.exec(name)?.[1]
  if (model === undefined)
    throw usageError(message('noSummarizer', {flag, name}), [
      verbatim(`${flag} extractive`),
      message('openaiSummarizer', {flag}),
      ...others,
    ])
  const {openaiSummarizer} = await import('./openai-summarizer.js')
  return openaiSummarizer({...asking, model, url: llmUrl, apiKey: llmApiKey})
}
