import type {Qrels} from '../measures/ranking/judgements.js'

/** Something that can be found. */
export interface CorpusDocument {
  id: string
  text: string
}

/** Something to look for. */
export interface Query {
  id: string
  text: string
}

/** Documents, queries and which document answers which query. */
export interface TestCollection {
  documents: CorpusDocument[]
  queries: Query[]
  qrels: Qrels
}
