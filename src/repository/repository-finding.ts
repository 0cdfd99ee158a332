import type {Text} from '@ep23/sdk'

export type RepositoryRule = 'yaml' | 'json' | 'conflict' | 'jsonl_size' | 'link' | 'anchor' | 'schema' | 'translation'

/** Something wrong with a file of a repository. */
export interface RepositoryFinding {
  rule: RepositoryRule
  /** Relative to the repository. */
  file: string
  /** From 1; null for what is about the whole file. */
  line: number | null
  column: number | null
  detail: Text
}
