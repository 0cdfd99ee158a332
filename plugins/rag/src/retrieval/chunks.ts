import {type Sentence, splitSentences} from '@ep23/plugin-dataset/text'
import {type ScoredDocument, compareTrec} from './ranking.js'

export interface ChunkOptions {
  /** No chunk is longer, in UTF-16 units. Default 1,000. */
  maxLength?: number
  /** Sentences at the end of a chunk, up to this length together, stand at the start of the next one too. Default 200. */
  overlap?: number
}

export interface Chunk {
  /** `<post id>#<n>`, n from 1. */
  id: string
  postId: string
  text: string
  /** [start, end) of the post's text. */
  start: number
  end: number
}

type Span = Pick<Sentence, 'start' | 'end'>

/**
 * Cuts a post into chunks of whole sentences, each as long as fits, with an overlap so that no thought is only at an edge. A
 * sentence that is too long by itself is cut between words, a word that is too long anywhere. The same text always gives the same
 * chunks, and a paragraph added at its end leaves all but the last of them as they were. A post without text has no chunks.
 * @throws RangeError unless 0 ≤ overlap < maxLength and maxLength ≥ 2.
 */
export function chunkPost(post: {id: string; text: string}, options: ChunkOptions = {}): Chunk[] {
  const {maxLength = 1000, overlap = 200} = options
  if (!(overlap >= 0 && overlap < maxLength && maxLength >= 2))
    throw new RangeError(`overlap is ${overlap} and maxLength ${maxLength}: 0 ≤ overlap < maxLength ≥ 2 is needed`)
  const pieces = splitSentences(post.text).flatMap(sentence => cutLong(post.text, sentence, maxLength))
  return packed(pieces, maxLength, overlap).map(({start, end}, i) => ({
    id: `${post.id}#${i + 1}`,
    postId: post.id,
    text: post.text.slice(start, end),
    start,
    end,
  }))
}

/** The post a chunk belongs to: what stands before the last `#`. */
export function postIdOf(chunkId: string): string {
  return chunkId.slice(0, chunkId.lastIndexOf('#'))
}

/** Fills chunks greedily from left to right. */
function packed(pieces: readonly Span[], maxLength: number, overlap: number): Span[] {
  const chunks: Span[] = []
  for (let first = 0, next = 0; next < pieces.length; first = overlapStart(pieces, first, next, maxLength, overlap)) {
    while (next < pieces.length && lengthOver(pieces, first, next) <= maxLength) next++
    const chunk = spanOver(pieces, first, next - 1)
    if (chunk) chunks.push(chunk)
  }
  return chunks
}

/** The first piece of the next chunk: as far back from `next` as the overlap allows and the piece at `next` still fits. */
function overlapStart(
  pieces: readonly Span[],
  first: number,
  next: number,
  maxLength: number,
  overlap: number,
): number {
  let start = next
  while (
    start - 1 > first &&
    lengthOver(pieces, start - 1, next - 1) <= overlap &&
    lengthOver(pieces, start - 1, next) <= maxLength
  )
    start--
  return start
}

/** From the start of one piece to the end of another; undefined beyond the last one. */
function spanOver(pieces: readonly Span[], first: number, last: number): Span | undefined {
  const [from, to] = [pieces[first], pieces[last]]
  return from && to && {start: from.start, end: to.end}
}

/** 0 beyond the last one: what is not there always fits. */
function lengthOver(pieces: readonly Span[], first: number, last: number): number {
  const span = spanOver(pieces, first, last)
  return span ? span.end - span.start : 0
}

function cutLong(text: string, {start, end}: Span, maxLength: number): Span[] {
  const pieces: Span[] = []
  let from = start
  while (end - from > maxLength) {
    const to = cutPlace(text, from, from + maxLength)
    pieces.push({start: from, end: text.slice(from, to).trimEnd().length + from})
    from = to + text.slice(to, end).search(/\S/)
  }
  pieces.push({start: from, end})
  return pieces
}

/** After the last white space before `limit`; without one at `limit`, but not inside a surrogate pair. */
function cutPlace(text: string, from: number, limit: number): number {
  for (let place = limit; place > from; place--) if (/\s/.test(text.charAt(place))) return place
  return /[\uDC00-\uDFFF]/.test(text.charAt(limit)) ? limit - 1 : limit
}

/** A ranking of chunks as one of posts: a post has the score of its best chunk (MaxP of Dai and Callan 2019), in trec order. */
export function foldChunks(chunks: readonly ScoredDocument[]): ScoredDocument[] {
  const best = new Map<string, number>()
  for (const {id, score} of chunks) {
    const post = postIdOf(id)
    best.set(post, Math.max(score, best.get(post) ?? -Infinity))
  }
  return Array.from(best, ([id, score]) => ({id, score})).sort(compareTrec)
}
