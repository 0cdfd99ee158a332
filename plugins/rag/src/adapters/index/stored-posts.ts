import {digestKind, storedDocuments} from '@ep23/plugin-dataset'
import {stripMarkup} from '@ep23/plugin-dataset/text'
import type {Store} from '@ep23/sdk'

export interface StoredPost {
  /** `<channel>/<post_id>`; posts of the team's digests, which have no ids, are numbered within their digest. */
  id: string
  title: string | undefined
  /** Without markup. */
  text: string
}

/** The posts of all stored digests. One that stands in several digests comes once, as the latest of them has it. */
export async function storedPosts(store: Store): Promise<StoredPost[]> {
  const posts = new Map<string, StoredPost>()
  for await (const {document, problems} of storedDocuments(store, digestKind)) {
    if (problems.length > 0) continue
    const {channel, digest_id, posts: found} = document
    for (const [index, {post_id = `${digest_id}-${index + 1}`, title, text}] of found.entries()) {
      const id = `${channel}/${post_id}`
      posts.set(id, {id, title, text: stripMarkup(text).text})
    }
  }
  return [...posts.values()]
}
