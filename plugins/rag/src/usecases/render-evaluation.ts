import {fixedText, millisecondsText, percentText} from '@ep23/report/numbers'
import type {Table, TextBlock} from '@ep23/sdk'

import type {EvaluationReport, MeasuredValue} from './evaluation-report.js'

const WORST_SHOWN = 10

/** The evaluation as lines for a terminal. */
export function renderEvaluation(report: EvaluationReport, {perQuery}: {perQuery: boolean}): TextBlock[] {
  const {corpus, queries, reranker, runs, index, latency_seconds: latency} = report
  const saved =
    index.path === null
      ? ''
      : `; index: ${index.analysed} chunks analysed, ${index.unchanged} unchanged, ${index.removed} removed`
  return [
    `${corpus.documents} documents of ${corpus.source}${saved}`,
    `${queries.evaluated} queries, ${runs} ${runs === 1 ? 'run' : 'runs'}, reranker ${reranker}`,
    ...renderEmbeddings(report),
    '',
    measureTable(report.measures),
    '',
    `tied documents ${percentText(report.ties.documents)}, queries with ties ${percentText(report.ties.queries)}`,
    `latency of a query: p50 ${milliseconds(latency.p50)}, p90 ${milliseconds(latency.p90)}${report.embeddings === null ? '' : ', without the making of its embedding'}`,
    ...renderGaps(report),
    ...renderRepeatability(report),
    ...report.run_files.map(file => `run written to ${file}`),
    '',
    ...renderQueries(report, perQuery),
  ]
}

function renderEmbeddings({embeddings, config}: EvaluationReport): string[] {
  if (embeddings === null) return []
  const {model, dimensions, computed, reused, requests, request_seconds} = embeddings
  const asked = requests === 0 ? '' : ` in ${requests} requests (${request_seconds.toFixed(1)} s)`
  return [
    `embeddings ${model}, ${dimensions} dimensions: ${computed} computed${asked}, ${reused} from the store; fusion ${String(config.settings['retrieval.fusion.method'])}`,
  ]
}

function measureTable(measures: readonly MeasuredValue[]): Table {
  const confidence = measures.find(({interval}) => interval !== null)?.interval?.confidence
  const range = confidence === undefined ? 'interval' : `${share(confidence)} interval`
  return {
    columns: [{title: 'measure', kind: 'name'}, ...['mean', range].map(title => ({title, kind: 'number'}) as const)],
    rows: measures.map(({measure, mean, interval}) => [
      measure,
      fixedText(mean),
      interval === null ? 'none with one query' : `${fixedText(interval.low)} … ${fixedText(interval.high)}`,
    ]),
  }
}

/** What lowers every measure without being the fault of the search. */
export function gapsOf({queries, relevant}: Pick<EvaluationReport, 'queries' | 'relevant'>): string[] {
  const [missing, textless] = [relevant.missing, queries.missing_from_run]
  return [
    ...(missing > 0
      ? [`${missing} relevant document${missing === 1 ? ' is' : 's are'} not in the corpus: recall cannot reach 1`]
      : []),
    ...(textless > 0
      ? [
          `${textless} judged ${textless === 1 ? 'query has' : 'queries have'} no text in the file of queries: ${textless === 1 ? 'it counts' : 'they count'} as 0`,
        ]
      : []),
  ]
}

function renderGaps({queries, relevant, fallbacks}: EvaluationReport): string[] {
  const reasons = Object.entries(fallbacks.by_reason).filter(([, count]) => count > 0)
  return [
    ...gapsOf({queries, relevant}),
    ...(queries.without_judgements > 0
      ? [`${queries.without_judgements} queries without judgements were left out`]
      : []),
    ...(fallbacks.total > 0
      ? [
          `${fallbacks.total} of ${fallbacks.queries_asked} replies of the reranker unusable (${reasons.map(([reason, count]) => `${reason} ${count}`).join(', ')})`,
        ]
      : []),
  ]
}

function renderRepeatability({repeatability, runs}: EvaluationReport): string[] {
  if (repeatability === null) return []
  const {rbo, tau_b, variance_ratio} = repeatability
  const ratio = variance_ratio?.ratio
  const missing = runs < 3 ? 'unmeasured: it needs 3 runs' : 'unmeasured: too few complete replies'
  return [
    `repeatability: RBO ${rbo === null ? 'unmeasured' : fixedText(rbo)}, tau-b ${tau_b === null ? 'unmeasured' : fixedText(tau_b)}`,
    `variance ratio ${ratio ? `${fixedText(ratio.estimate)} (${fixedText(ratio.low)} … ${fixedText(ratio.high)})` : missing}`,
  ]
}

function renderQueries({per_query, measures}: EvaluationReport, all: boolean): TextBlock[] {
  const ordered = all ? per_query : per_query.toSorted((a, b) => firstValue(a) - firstValue(b)).slice(0, WORST_SHOWN)
  return [
    all
      ? 'each query'
      : `the ${ordered.length} queries with the lowest ${measures[0]?.measure} (all of them with --per-query)`,
    {
      columns: [
        {title: 'query', kind: 'name'},
        ...measures.map(({measure}) => ({title: measure, kind: 'number'}) as const),
        {title: 'text', kind: 'clip'},
      ],
      rows: ordered.map(({query, text, values}) => [query, ...values.map(value => fixedText(value)), text]),
    },
  ]
}

const firstValue = ({values: [value = 0]}: EvaluationReport['per_query'][number]): number => value
const share = (value: number): string => `${value * 100} %`
const milliseconds = (seconds: number): string => `${millisecondsText(seconds)} ms`
