// The extractive writer for whoever has a text and no posts. Loads the stemmer and nothing heavier.
export {EXTRACTIVE_VERSION} from './adapters/extractive-summarizer.js'
export {summarizeText} from './adapters/extractive/summarize-text.js'
