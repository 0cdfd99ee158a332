/** A summary that a person scored. */
export interface LabelledSummary {
  source: string
  summary: string
  human_score: number
  /** Rows of one group share a source: they are not independent. */
  group: string
}

export const LABEL_FIELDS = ['source', 'summary', 'human_score', 'key', 'group'] as const

/** Names of the columns; `key` joins the labels with a file of sources. */
export interface LabelColumns {
  source: string
  summary: string
  human_score: string
  key?: string
  group?: string
}
