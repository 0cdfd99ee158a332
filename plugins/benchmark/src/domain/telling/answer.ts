import type {Told} from './told.js'

/** The answer to a reader's question: the headline says it, the sentences how sure it is and what would make it surer. */
export interface Answer {
  headline: Told
  sentences: readonly Told[]
}
