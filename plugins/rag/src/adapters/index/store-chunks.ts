import type {Store} from '@ep23/sdk'

import type {IndexedText} from '../../retrieval/bm25/index-documents.js'
import {chunkPost} from '../../retrieval/chunks/chunk-post.js'
import {storedPosts} from './stored-posts.js'

/** The posts of all stored digests in chunks, `<channel>/<post_id>#<n>`. */
export async function storedChunks(store: Store): Promise<IndexedText[]> {
  const posts = await storedPosts(store)
  return posts.flatMap(({id, text}) => chunkPost({id, text}))
}
