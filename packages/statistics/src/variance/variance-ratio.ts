import type {BootstrapOptions} from '../intervals/bootstrap.js'
import {bootstrapInterval} from '../intervals/bootstrap-interval.js'
import type {Estimate} from '../intervals/interval.js'
import {mean, sampleVariance} from '../inference/moments.js'
import {type Measurement, sample} from '../measurement.js'

/** Scores of one query: one row a document, one column a run, undefined for a reply that gave no score. */
export type QueryScores = readonly (readonly Measurement[])[]

export interface VarianceRatio extends Estimate {
  /** σ²_run: how much one document's score moves between runs. */
  runVariance: Measurement
  /** σ²_doc: how much documents of one query differ, freed of σ²_run. */
  documentVariance: Measurement
  /** Pairs of a query and a document that were used, and that were not: too few measured runs, or alone in their query. */
  documents: number
  unmeasuredDocuments: number
}

/** What one query adds to the sums: ten thousand resamples add queries, not documents. */
interface QueryVariance {
  documents: number
  /** Over its documents, added up. */
  runVariances: number
  meanRunsInverse: number
  variationOfMeans: number
}

const FEWEST_RUNS = 3

/**
 * σ²_run / (σ²_run + σ²_doc) = 1 − ICC(1) (Shrout and Fleiss 1979), 0 … 1, 0 is perfectly repeatable, with a percentile
 * interval over queries; gates look at `high`. A document needs three measured runs, a query two such documents; other
 * queries are counted as unmeasured. Undefined, not 0, when nothing varies at all: a scorer stuck on one value is no success.
 * @example varianceRatio([[[1, 1, 1], [2, 2, 2]], [[3, 3, 3], [5, 5, 5]]], {seed: 1}).estimate // 0
 * @example varianceRatio([[[1, 1, 1], [1, 1, 1]]], {seed: 1}).estimate // undefined
 */
export function varianceRatio(queries: readonly QueryScores[], options: BootstrapOptions): VarianceRatio {
  const usable = queries.map(varianceOfQuery).filter(query => query !== undefined)
  const {run, document} = variancesOf(usable)
  const known = usable.length > 0
  const documents = usable.reduce((sum, query) => sum + query.documents, 0)
  return {
    ...bootstrapInterval(usable, ratioOf, options),
    unmeasured: queries.length - usable.length,
    runVariance: known ? run : undefined,
    documentVariance: known ? document : undefined,
    documents,
    unmeasuredDocuments: queries.reduce((sum, query) => sum + query.length, 0) - documents,
  }
}

function varianceOfQuery(query: QueryScores, index: number): QueryVariance | undefined {
  const documents = query
    .map((runs, document) => sample(runs, `queries[${index}][${document}]`).values)
    .filter(runs => runs.length >= FEWEST_RUNS)
  if (documents.length < 2) return undefined
  return {
    documents: documents.length,
    runVariances: documents.reduce((sum, runs) => sum + sampleVariance(runs), 0),
    meanRunsInverse: mean(documents.map(runs => 1 / runs.length)),
    variationOfMeans: sampleVariance(documents.map(mean)),
  }
}

function ratioOf(queries: readonly QueryVariance[]): Measurement {
  const {run, document} = variancesOf(queries)
  const total = run + document
  return total > 0 ? run / total : undefined
}

/** σ²_run over all documents, and σ²_doc over all queries. */
function variancesOf(queries: readonly QueryVariance[]): {run: number; document: number} {
  let [documents, runVariances, runsInverse, variation] = [0, 0, 0, 0]
  for (const query of queries) {
    documents += query.documents
    runVariances += query.runVariances
    runsInverse += query.meanRunsInverse
    variation += query.variationOfMeans
  }
  const run = runVariances / documents
  const noiseOfMeans = (run * runsInverse) / queries.length
  return {run, document: Math.max(0, variation / queries.length - noiseOfMeans)}
}
