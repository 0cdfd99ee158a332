import {inTrecOrder} from '../../retrieval/ranking.js'
import {type Qrels, type Run, judgeRanking} from './judgements.js'
import {type Measure, measureRanking} from './measure.js'
import {type TieShare, tieShare} from './tie-share.js'

export interface RunEvaluation {
  measures: readonly Measure[]
  /** Query ids in the order of the qrels. */
  queries: readonly string[]
  /** One row a measure, one value a query. */
  values: readonly Float64Array[]
  /** One mean a measure, over all queries of the qrels. */
  means: readonly number[]
  /** Queries of the qrels that the run does not have; each counts as 0. */
  missing: readonly string[]
  /** Queries of the run without judgements; ignored. */
  unjudged: readonly string[]
  ties: TieShare
}

/**
 * Measures a run as `trec_eval -c` does: ranks by score alone, ties by id descending in byte order, 64-bit scores; means go over
 * every query of the qrels, those missing from the run and those without a relevant document count as 0.
 * @throws RangeError when the qrels are empty: a mean over no queries is not 0, it is unmeasured.
 */
export function evaluateRun(qrels: Qrels, run: Run, measures: readonly Measure[]): RunEvaluation {
  if (qrels.size === 0) throw new RangeError('the qrels hold no query: there is nothing to measure')
  const queries = [...qrels.keys()]
  const rankings = Array.from(qrels, ([query, judged]) => judgeRanking(inTrecOrder(run.get(query) ?? []), judged))
  const values = measures.map(measure => Float64Array.from(rankings, ranking => measureRanking(measure, ranking)))
  return {
    measures,
    queries,
    values,
    means: values.map(row => row.reduce((sum, value) => sum + value, 0) / row.length),
    missing: queries.filter(query => !run.has(query)),
    unjudged: [...run.keys()].filter(query => !qrels.has(query)),
    ties: tieShare(run),
  }
}
