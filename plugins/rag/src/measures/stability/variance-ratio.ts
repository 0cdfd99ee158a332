import {type BootstrapOptions, type Interval, bootstrapInterval} from '../inference/bootstrap.js'

/** The scores of one document in repeated runs; undefined where the reply could not be used. */
export type RepeatedScores = readonly (number | undefined)[]

/** For each query its documents, for each document its scores. */
export type ScoresByQuery = readonly (readonly RepeatedScores[])[]

export interface VarianceRatio {
  /** 1 − ICC(1) with its interval, from 0 (perfectly repeatable) to 1 (nothing but noise). */
  ratio: Interval
  /** Variance of one document's score between runs. */
  betweenRuns: number
  /** Variance between the documents of one query, without the part that the runs' noise adds. */
  betweenDocuments: number
  runs: number
  queries: number
  /** Pairs of a query and a document that were used. */
  pairs: number
  /** Pairs left out because a run gave no usable score for them, or because they stood alone in their query. */
  unmeasuredPairs: number
}

/** Enough runs to tell noise from its own chance. */
const LEAST_RUNS = 3

/**
 * How far repeated runs of the same retrieval disagree: σ²_run / (σ²_run + σ²_doc) = 1 − ICC(1) (Shrout and Fleiss 1979) for
 * scores s[query][document][run] of R runs. σ²_run is the mean over all pairs (query, document) of the sample variance across
 * runs; σ²_doc is the mean over queries of the sample variance of the documents' mean scores, minus σ²_run / R, at least 0.
 * The interval is a bootstrap over queries. Scores that never vary between runs give 0.
 *
 * A pair counts only when all its runs were measured: a time-out is no score, and half a pair would shift the noise.
 * @returns undefined when fewer than two queries have at least two complete pairs: then nothing was measured.
 * @throws RangeError for fewer than 3 runs or pairs with different numbers of runs.
 */
export function varianceRatio(scores: ScoresByQuery, options: BootstrapOptions): VarianceRatio | undefined {
  const runs = countRuns(scores)
  const complete = scores.map(documents => documents.filter(isComplete)).filter(documents => documents.length >= 2)
  if (complete.length < 2) return undefined
  const queries = complete.map(spreadOf)
  const ratio = bootstrapInterval(queries.length, drawn => ratioOf(components(queries, drawn, runs)), options)
  const pairs = complete.reduce((sum, documents) => sum + documents.length, 0)
  return {
    ratio,
    ...components(queries, queries.keys(), runs),
    runs,
    queries: queries.length,
    pairs,
    unmeasuredPairs: scores.flat().length - pairs,
  }
}

interface QuerySpread {
  documents: number
  /** Sum over documents of the variance across runs. */
  runVariances: number
  /** Variance across documents of the mean scores. */
  meanVariance: number
}

interface Components {
  betweenRuns: number
  betweenDocuments: number
}

function spreadOf(documents: readonly (readonly number[])[]): QuerySpread {
  return {
    documents: documents.length,
    runVariances: documents.reduce((sum, runs) => sum + sampleVariance(runs), 0),
    meanVariance: sampleVariance(documents.map(mean)),
  }
}

function components(queries: readonly QuerySpread[], drawn: Iterable<number>, runs: number): Components {
  let [pairs, runVariances, meanVariances, count] = [0, 0, 0, 0]
  for (const query of drawn) {
    const spread = queries[query]!
    pairs += spread.documents
    runVariances += spread.runVariances
    meanVariances += spread.meanVariance
    count++
  }
  const betweenRuns = runVariances / pairs
  return {betweenRuns, betweenDocuments: Math.max(0, meanVariances / count - betweenRuns / runs)}
}

function ratioOf({betweenRuns, betweenDocuments}: Components): number {
  return betweenRuns === 0 ? 0 : betweenRuns / (betweenRuns + betweenDocuments)
}

function countRuns(scores: ScoresByQuery): number {
  const pairs = scores.flat()
  const runs = pairs[0]?.length ?? 0
  if (runs < LEAST_RUNS) throw new RangeError(`scores have ${runs} runs: a variance ratio needs at least ${LEAST_RUNS}`)
  const odd = pairs.find(pair => pair.length !== runs)
  if (odd)
    throw new RangeError(`scores have ${runs} runs in one pair and ${odd.length} in another: equal numbers are needed`)
  return runs
}

function isComplete(runs: RepeatedScores): runs is readonly number[] {
  return runs.every(score => score !== undefined)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Taken from the first value on, so that equal values give exactly 0. */
function sampleVariance(values: readonly number[]): number {
  const moved = values.map(value => value - values[0]!)
  const centre = mean(moved)
  return moved.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}
