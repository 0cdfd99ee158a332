// Writers of digests, for whoever has a text and no posts, and for workers. Loads the stemmer and nothing heavier.
export {createSummarizer} from './adapters/summarizers/create-summarizer.js'
export {EXTRACTIVE_VERSION} from './adapters/summarizers/summarize-day.js'
export {summarizeText} from './adapters/summarizers/summarize-day.js'
export {type DayOutcome, type DaySpec, type DayWork, receivedDay, summarizerFacts} from './domain/queued-day.js'
export type {Summarizer} from './domain/summarizer.js'
