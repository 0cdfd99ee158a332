import type {Message} from '@ep23/sdk'

/** What is wrong with a value that its schema takes: where, by keys and indexes, and a clause. */
export interface MeaningProblem {
  path: readonly (string | number)[]
  message: Message
}
