import type {Qrels} from '../measures/ranking/judgements.js'
import type {Query} from '../formats/corpus.js'
import {type Search, fuseReciprocalRanks} from '../retrieval/fusion.js'

/** A query with the documents that people are to judge for it, in the order in which they are shown. */
export interface PooledQuery {
  id: string
  text: string
  documents: readonly string[]
}

export interface Pair {
  query: PooledQuery
  document: string
}

/** A judgement made or, without a grade, taken back. */
export interface Change {
  query: string
  document: string
  grade: number | undefined
}

/** Where a person stands among the pairs of queries and documents, and what they have judged. */
export class Labelling {
  readonly pairs: readonly Pair[]
  readonly #grades: Map<Pair, number>
  readonly #history: {place: number; before: number | undefined}[] = []
  #place: number

  /** @param queries each with at least one document; there is at least one. */
  constructor(queries: readonly PooledQuery[], judged: Qrels) {
    this.pairs = queries.flatMap(query => query.documents.map(document => ({query, document})))
    this.#grades = new Map(
      this.pairs.flatMap(pair => {
        const grade = judged.get(pair.query.id)?.get(pair.document)
        return grade === undefined ? [] : [[pair, grade] as const]
      }),
    )
    this.#place = this.#nextOpen(-1) ?? 0
  }

  get place(): number {
    return this.#place
  }

  get pair(): Pair {
    const pair = this.pairs[this.#place]
    if (pair === undefined) throw new RangeError('there is nothing to judge')
    return pair
  }

  get judged(): number {
    return this.#grades.size
  }

  gradeOf(pair: Pair): number | undefined {
    return this.#grades.get(pair)
  }

  /** Judges the pair and goes on to the next one without a judgement. */
  grade(value: number): Change {
    this.#history.push({place: this.#place, before: this.#grades.get(this.pair)})
    const change = this.#set(this.pair, value)
    this.skip()
    return change
  }

  /** Takes the last judgement of this session back and stands at its pair; undefined when there is none. */
  undo(): Change | undefined {
    const last = this.#history.pop()
    if (last === undefined) return undefined
    this.#place = last.place
    return this.#set(this.pair, last.before)
  }

  /** To the next pair without a judgement, from the end on from the start; stays when there is none. */
  skip(): void {
    this.#place = this.#nextOpen(this.#place) ?? this.#place
  }

  /** To the pair `step` places on, at most to the ends. */
  move(step: number): void {
    this.#place = Math.min(this.pairs.length - 1, Math.max(0, this.#place + step))
  }

  /** To the first open pair of the next query, or of the one before; to its first pair when all are judged. */
  moveQuery(step: 1 | -1): void {
    const queries = [...new Set(this.pairs.map(({query}) => query))]
    const query = queries[queries.indexOf(this.pair.query) + step]
    if (query === undefined) return
    const first = this.pairs.findIndex(pair => pair.query === query)
    const open = this.pairs.findIndex(pair => pair.query === query && !this.#grades.has(pair))
    this.#place = open < 0 ? first : open
  }

  #set(pair: Pair, grade: number | undefined): Change {
    if (grade === undefined) this.#grades.delete(pair)
    else this.#grades.set(pair, grade)
    return {query: pair.query.id, document: pair.document, grade}
  }

  #nextOpen(place: number): number | undefined {
    const open = this.pairs.flatMap((pair, i) => (this.#grades.has(pair) ? [] : [i]))
    return open.find(i => i > place) ?? open[0]
  }
}

interface PoolOptions {
  /** The best of each search that are shown. */
  depth: number
  judged: Qrels
  /** Whether a document can be shown. */
  has: (document: string) => boolean
}

/**
 * The documents that are to be judged for each query: the best ones of every search together, as TREC pools runs (Spärck Jones and
 * van Rijsbergen 1975), and those that were judged before. A query for which nothing is found has no pool and is left out.
 */
export function poolQueries(
  queries: readonly Query[],
  searches: readonly Search[],
  {depth, judged, has}: PoolOptions,
): PooledQuery[] {
  return queries.flatMap(({id, text}) => {
    const found = fuseReciprocalRanks(searches.map(search => search(text, depth))).map(document => document.id)
    const before = [...(judged.get(id)?.keys() ?? [])].filter(has)
    const documents = [...new Set([...found, ...before])]
    return documents.length === 0 ? [] : [{id, text, documents}]
  })
}
