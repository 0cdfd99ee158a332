import type {Digest} from '@ep23/plugin-dataset'
import type {Store} from '@ep23/sdk'

import {stripMarkup} from '@ep23/plugin-dataset/text'

import {chunkPost} from '../../retrieval/chunks/chunk-post.js'
import type {IndexedText} from '../../retrieval/bm25/index-documents.js'

/**
 * The posts of all stored digests in chunks, `<channel>/<post_id>#<n>`. A post that stands in several digests comes once, as the
 * latest of them has it.
 */
export async function storedChunks(store: Store): Promise<IndexedText[]> {
  const posts = new Map<string, string>()
  const digests = store
    .collection<Digest & Record<string, unknown>>('digests')
    .find({}, {sort: {created_at: 1, digest_id: 1}})
  for await (const {channel, posts: found} of digests) {
    for (const {post_id, text} of found) posts.set(`${channel}/${post_id}`, text)
  }
  return Array.from(posts, ([id, text]) => chunkPost({id, text: stripMarkup(text).text})).flat()
}
