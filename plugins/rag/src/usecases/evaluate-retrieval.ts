import {type FallbackReason, FALLBACK_REASONS} from '../domain/model-ports.js'
import type {Query} from '../formats/corpus.js'
import {evaluateRun} from '../measures/ranking/evaluate-run.js'
import type {Qrels} from '../measures/ranking/judgements.js'
import type {Measure} from '../measures/ranking/measure.js'
import {type EvaluationReport, averageRuns, type RunEvaluations, summarizeRuns} from './evaluation-report.js'
import {type RankDeps, type RankedQueries, rankQueries} from './rank-queries.js'
import {measureRepeatability} from './repeatability.js'

export interface EvaluationTask {
  queries: readonly Query[]
  qrels: Qrels
  measures: readonly Measure[]
  /** Repetitions, from 1. */
  runs: number
  depth: number
  candidates: number
  /** Absent: the whole ranking is measured. */
  cut?: number
  /** Documents that are handed on: repeatability looks at these. */
  delivered: number
  /** Of the variance ratio's bootstrap. */
  seed: number
}

export type Evaluation = Pick<
  EvaluationReport,
  'queries' | 'measures' | 'ties' | 'repeatability' | 'fallbacks' | 'latency_seconds' | 'per_query' | 'runs'
> & {repeats: RankedRepeats}

/** The same queries, ranked once or more. */
export type RankedRepeats = [RankedQueries, ...RankedQueries[]]

export type EvaluateDeps = Omit<RankDeps, 'onQuery'> & {
  /** Queries answered so far, over all runs. */
  onProgress: (done: number, total: number) => void
}

/** Ranks the judged queries as often as asked and measures the rankings. Queries without judgements are left out and counted. */
export async function evaluateRetrieval(deps: EvaluateDeps, task: EvaluationTask): Promise<Evaluation> {
  const judged = task.queries.filter(({id}) => task.qrels.has(id))
  const fallbacks = Object.fromEntries(FALLBACK_REASONS.map(reason => [reason, 0])) as Record<FallbackReason, number>
  const counted = {
    ...deps,
    onFallback(reason: FallbackReason, detail: string) {
      fallbacks[reason]++
      deps.onFallback(reason, detail)
    },
  }
  const repeats = await repeat(counted, judged, task)
  return {...measureRepeats(repeats, judged, task), fallbacks: fallbackTotals(fallbacks, repeats), repeats}
}

async function repeat(deps: EvaluateDeps, queries: readonly Query[], task: EvaluationTask): Promise<RankedRepeats> {
  const rank = (run: number) => {
    const onQuery = (done: number) => deps.onProgress(run * queries.length + done, task.runs * queries.length)
    return rankQueries({...deps, onQuery}, queries, {...task, run})
  }
  const repeats: RankedRepeats = [await rank(0)]
  for (let run = 1; run < task.runs; run++) repeats.push(await rank(run))
  return repeats
}

function measureRepeats(
  [once, ...again]: RankedRepeats,
  judged: readonly Query[],
  {queries, qrels, measures, runs, delivered, seed}: EvaluationTask,
): Omit<Evaluation, 'fallbacks' | 'repeats'> {
  const repeats = [once, ...again]
  const first = evaluateRun(qrels, once.run, measures)
  const evaluations: RunEvaluations = [first, ...again.map(({run}) => evaluateRun(qrels, run, measures))]
  const rows = averageRuns(evaluations)
  const texts = new Map(judged.map(({id, text}) => [id, text]))
  const seconds = repeats.flatMap(repeat => repeat.seconds)
  return {
    runs,
    queries: {
      evaluated: first.queries.length,
      without_judgements: queries.length - judged.length,
      missing_from_run: first.missing.length,
    },
    measures: summarizeRuns(evaluations),
    ties: first.ties,
    repeatability: runs > 1 ? measureRepeatability(repeats, delivered, seed) : null,
    latency_seconds: {p50: orderStatistic(seconds, 0.5), p90: orderStatistic(seconds, 0.9)},
    per_query: first.queries.map((query, i) => ({
      query,
      text: texts.get(query) ?? '',
      values: rows.map(row => row[i] ?? 0),
    })),
  }
}

function fallbackTotals(
  by_reason: Record<FallbackReason, number>,
  repeats: readonly RankedQueries[],
): EvaluationReport['fallbacks'] {
  return {
    total: Object.values(by_reason).reduce((sum, count) => sum + count, 0),
    queries_asked: repeats.reduce((sum, {reranked}) => sum + reranked.size, 0),
    by_reason,
  }
}

/** The smallest value that at least a share `p` of the values do not exceed (nearest rank). @param values at least one. */
function orderStatistic(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN
}
