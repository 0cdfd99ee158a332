// The extractive writer for whoever has a text and no posts. Loads the stemmer and nothing heavier.
export {EXTRACTIVE_VERSION} from './adapters/summarizers/summarize-day.js'
export {summarizeText} from './adapters/summarizers/summarize-day.js'
