import type {SourcePost} from '../../../domain/source-post.js'
import {FileProblem} from './file-problem.js'
import type {FileReading} from './file-reading.js'
import type {RecordBatch} from './record-batch.js'
import {RecordProblem} from './record-problem.js'

/** Why a sound record gives no post; the name is that of its count in the tally. */
export type Skip = 'withoutText' | 'service'

/** Makes a post of a record, or says why there is none; throws a RecordProblem when the record is unusable. */
export type ToPost = (record: unknown) => SourcePost | Skip

/** The posts of each batch, counted; what cannot be used is reported with its place. A FileProblem comes after the posts before it. */
export async function* mapRecords(
  batches: AsyncIterable<RecordBatch>,
  reading: FileReading,
  toPost: ToPost,
): AsyncGenerator<SourcePost[]> {
  for await (const batch of batches) {
    const {posts, end} = postsOf(batch, reading, toPost)
    reading.tally.posts += posts.length
    if (posts.length > 0) yield posts
    if (end) throw end
  }
}

function postsOf(batch: RecordBatch, reading: FileReading, toPost: ToPost): {posts: SourcePost[]; end?: FileProblem} {
  const posts: SourcePost[] = []
  for (const [index, value] of batch.values.entries()) {
    const post = postOrProblem(value, toPost)
    if (typeof post === 'string') reading.tally[post] += 1
    else if (post instanceof FileProblem) return {posts, end: post}
    else if (post instanceof RecordProblem) reading.reject(batch.place(index), post.message)
    else posts.push(post)
  }
  return {posts}
}

function postOrProblem(value: unknown, toPost: ToPost): SourcePost | Skip | RecordProblem | FileProblem {
  try {
    return toPost(value)
  } catch (error) {
    if (error instanceof RecordProblem || error instanceof FileProblem) return error
    throw error
  }
}
