import type {Store} from '@ep23/sdk'

import type {AnswerCache, StoredAnswer} from '../../domain/llm/stored-answer.js'

export const JUDGEMENTS = 'ep23_judgements'

/** Answers in the store, so that everybody who shares it pays once. */
export function storeAnswerCache(store: Store): AnswerCache {
  const collection = store.collection<StoredAnswer>(JUDGEMENTS)
  return {
    async find(key) {
      for await (const answer of collection.find({key}, {limit: 1})) return answer
      return undefined
    },
    async save(answer) {
      await collection.upsertMany([answer], 'key')
    },
  }
}
