import {badDataError, joined, type Message} from '@ep23/sdk'

import type {InvalidRecord} from '../../../domain/file-record.js'
import type {SourceTally, SourcePost} from '../../../domain/posts.js'
import {type RecordPlace, FileProblem, RecordProblem} from './problems.js'
import {message} from '../../../words/words.js'

const MEND = message('correctFile')

/** One pass over one file: where its counts and its unusable records go. */
export class FileReading {
  constructor(
    readonly file: string,
    readonly tally: SourceTally,
    private readonly onInvalid?: (invalid: InvalidRecord) => void,
  ) {}

  /** Hands the record to `onInvalid`; without one the first such record ends the reading with exit 65. */
  reject(place: RecordPlace, reason: Message, advice = MEND): void {
    const invalid: InvalidRecord = {file: this.file, ...place, reason}
    if (!this.onInvalid) throw badDataError('SOURCE_INVALID', joined([placeOf(invalid), reason], ': '), [advice])
    this.tally.invalid += 1
    this.tally.firstInvalid ??= joined([placeOf(invalid), reason], ': ')
    this.onInvalid(invalid)
  }
}

function placeOf({file, line, record}: InvalidRecord): Message {
  return joined([
    file,
    ...(line === undefined ? [] : [message('line', {line})]),
    ...(record === undefined ? [] : [message('record', {record})]),
  ])
}

/** The parsed records of one piece of a file. */
export interface RecordBatch {
  values: unknown[]
  /** Where a record stands. Only to be asked before the next batch is taken: it looks at a buffer that is used again. */
  place(index: number): RecordPlace
}

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
    else if (post instanceof RecordProblem) reading.reject(batch.place(index), post.reason)
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
