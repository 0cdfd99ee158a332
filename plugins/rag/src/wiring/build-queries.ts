import {badDataError, type CommandResult, type Runtime, writeFileAtomically} from '@ep23/sdk'

import {storedPosts} from '../adapters/index/stored-posts.js'
import {queryCandidates} from '../usecases/queries/query-candidates.js'

export interface BuiltQueries {
  path: string
  posts: number
  candidates: number
  seed: number
}

export async function buildQueries(
  {store}: Runtime,
  {output, limit, seed}: {output: string; limit: number; seed: number},
): Promise<CommandResult<BuiltQueries>> {
  const posts = await storedPosts(store)
  const candidates = queryCandidates(posts, limit, seed)
  if (candidates.length === 0)
    throw badDataError(
      'RAG_CORPUS_EMPTY',
      `the store ${store.location} holds no post with a title or a short first sentence`,
      ['fill the store: ep23 dataset:seed'],
    )
  const lines = candidates.map(({id, text, post}) => JSON.stringify({_id: id, text, metadata: {post}}))
  await writeFileAtomically(output, `${lines.join('\n')}\n`)
  const data = {path: output, posts: posts.length, candidates: candidates.length, seed}
  return {
    data,
    text: [
      `${candidates.length} query candidates of ${posts.length} posts: ${output}`,
      'judge which posts answer them, then: ep23 rag:evaluate --queries FILE --qrels FILE',
    ],
  }
}
