import {whereStored, type Store} from '@ep23/sdk'

import type {KeptPost} from '../domain/view-data.js'

/** Posts with their borders, where the store still has the digest they belong to. */
export function keptPosts(store: Store): (sample_id: string) => Promise<readonly KeptPost[] | undefined> {
  return async sample_id => {
    const digests = store.collection<{digest_id: string; posts: KeptPost[]}>('digests')
    for await (const {posts} of whereStored(digests.find({digest_id: sample_id}, {limit: 1}))) return posts
    return undefined
  }
}
