import {quantile, quantileInterval} from '@ep23/statistics'
import type {Setting} from '../domain/tuning.js'
import type {Query} from '../formats/corpus.js'
import type {Qrels} from '../measures/ranking/judgements.js'
import type {Measure} from '../measures/ranking/measure.js'
import {type RetrievalConfig, candidateCount} from '../retrieval/retrieval-config.js'
import {type EvaluateDeps, type Evaluation, evaluateRetrieval} from './evaluate-retrieval.js'
import {qualityInterval, rangeOf} from './evaluation-report.js'
import type {Trial} from '../domain/tuning-result.js'

export interface TrialTask {
  queries: readonly Query[]
  qrels: Qrels
  measure: Measure
  repeats: number
  seed: number
}

/** Measures what a setting hands on, its `top_k` documents, on some queries, as often as asked. */
export async function measureSetting(
  deps: EvaluateDeps,
  {setting, part, retrieval}: {setting: Setting; part: Trial['part']; retrieval: RetrievalConfig},
  {queries, qrels, measure, repeats, seed}: TrialTask,
): Promise<Trial> {
  const candidates = candidateCount(retrieval)
  const evaluation = await evaluateRetrieval(deps, {
    queries,
    qrels: judgementsOf(queries, qrels),
    measures: [measure],
    runs: repeats,
    depth: candidates,
    candidates,
    cut: retrieval.top_k,
    delivered: retrieval.top_k,
    seed,
  })
  const measured_at = deps.clock.now().toISOString()
  return {setting, part, queries: queries.length, measured_at, ...figuresOf(evaluation)}
}

function judgementsOf(queries: readonly Query[], qrels: Qrels): Qrels {
  const judged = queries.flatMap(({id}) => {
    const judgements = qrels.get(id)
    return judgements === undefined ? [] : [[id, judgements] as const]
  })
  return new Map(judged)
}

function figuresOf({
  per_query,
  repeatability,
  repeats,
  fallbacks,
}: Evaluation): Omit<Trial, 'setting' | 'part' | 'queries' | 'measured_at'> {
  const values = Object.fromEntries(per_query.flatMap(({query, values}) => values.map(value => [query, value])))
  const ratio = repeatability?.variance_ratio?.ratio
  return {
    quality: rangeOf(qualityInterval(Object.values(values))),
    values,
    variance_ratio: ratio ? {estimate: ratio.estimate, low: ratio.low, high: ratio.high} : null,
    rbo: repeatability?.rbo ?? null,
    tau_b: repeatability?.tau_b ?? null,
    latency_seconds: latencyOf(repeats),
    fallbacks: fallbacks.total,
    asked: fallbacks.queries_asked,
  }
}

// The repeats of one query are no independent measurements: queries are the units of the interval.
function latencyOf(repeats: Evaluation['repeats']): Trial['latency_seconds'] {
  const [first] = repeats
  const queries = first.seconds.map((_, query) => repeats.flatMap(({seconds}) => seconds.slice(query, query + 1)))
  const medians = queries.map(seconds => quantile(seconds, 0.5))
  const {estimate = 0, low, high} = quantileInterval(medians, 0.5)
  // Fewer than six values do not bound their median: their extremes are the most that can be said.
  return {estimate, low: low ?? Math.min(...medians), high: high ?? Math.max(...medians)}
}
