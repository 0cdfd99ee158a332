import type {Digest} from '@ep23/plugin-dataset'
import {stripMarkup} from '@ep23/plugin-dataset/text'
import type {Store} from '@ep23/sdk'

export interface StoredPost {
  /** `<channel>/<post_id>`. */
  id: string
  title: string | undefined
  /** Without markup. */
  text: string
}

/** The posts of all stored digests. One that stands in several digests comes once, as the latest of them has it. */
export async function storedPosts(store: Store): Promise<StoredPost[]> {
  const posts = new Map<string, StoredPost>()
  const digests = store
    .collection<Digest & Record<string, unknown>>('digests')
    .find({}, {sort: {created_at: 1, digest_id: 1}})
  for await (const {channel, posts: found} of digests) {
    for (const {post_id, title, text} of found) {
      const id = `${channel}/${post_id}`
      posts.set(id, {id, title, text: stripMarkup(text).text})
    }
  }
  return [...posts.values()]
}
