import type {Summarizer} from '../domain/summarizer.js'
import {summarizeDay} from './extractive/summarize-day.js'

/** Goes up with every change that can change a digest. */
const VERSION = '2'
export const EXTRACTIVE_VERSION = `extractive-${VERSION}`

/** Writes digests from the posts' own sentences, the posts ranked by news value: no model, no network, the same bytes on every machine. */
export const extractiveSummarizer: Summarizer = {
  name: EXTRACTIVE_VERSION,
  writer: {kind: 'extractive', name: 'extractive', version: VERSION},
  concurrency: 1,
  summarize: async input => ({summary_markdown: summarizeDay(input).markdown, llm_model: EXTRACTIVE_VERSION}),
}
