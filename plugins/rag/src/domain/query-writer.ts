/** Why an answer gave no query. */
export const UNUSABLE_ANSWERS = ['refused', 'empty', 'unreadable'] as const
export type UnusableAnswer = (typeof UNUSABLE_ANSWERS)[number]

export interface WrittenQueries {
  /** Empty when the answer was unusable. */
  queries: readonly string[]
  unusable?: UnusableAnswer
  /** Whether the first answer was wrong and the model was asked once more. */
  repaired: boolean
}

/** Thinks of queries that a post answers. */
export interface QueryWriter {
  /** Name of the model, and the version of its prompt. */
  readonly model: string
  readonly prompt: string
  /**
   * @param number of the post, from 0: it moves the seed on.
   * @throws Ep23Error when the server cannot be asked; an answer that is no use is counted, not thrown.
   */
  write(text: string, number: number): Promise<WrittenQueries>
}
