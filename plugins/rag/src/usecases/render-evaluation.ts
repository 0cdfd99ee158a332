import {fixedText, millisecondsText, percentText} from '@ep23/report/numbers'
import {type Table, type TextBlock, type Message, type Text, numbersMessage} from '@ep23/sdk'

import type {EvaluationReport, MeasuredValue} from './evaluation-report.js'
import {message} from '../words/words.js'

const WORST_SHOWN = 10

/** The evaluation as lines for a terminal. */
export function renderEvaluation(report: EvaluationReport, {perQuery}: {perQuery: boolean}): TextBlock[] {
  const {corpus, queries, reranker, runs, index, latency_seconds: latency} = report
  const saved =
    index.path === null
      ? ''
      : message('indexFacts', {analysed: index.analysed, unchanged: index.unchanged, removed: index.removed})
  return [
    message('documentsOf', {documents: corpus.documents, source: corpus.source, saved}),
    message('queriesEvaluated', {queries: queries.evaluated, runs, reranker}),
    ...renderEmbeddings(report),
    '',
    measureTable(report.measures),
    '',
    message('tied', {
      documents: numbersMessage(percentText(report.ties.documents)),
      queries: numbersMessage(percentText(report.ties.queries)),
    }),
    message('latencyOf', {
      p50: milliseconds(latency.p50),
      p90: milliseconds(latency.p90),
      note: report.embeddings === null ? '' : message('withoutEmbedding'),
    }),
    ...renderGaps(report),
    ...renderRepeatability(report),
    ...report.run_files.map(file => message('runWritten', {file})),
    '',
    ...renderQueries(report, perQuery),
  ]
}

function renderEmbeddings({embeddings, config}: EvaluationReport): Message[] {
  if (embeddings === null) return []
  const {model, dimensions, computed, reused, requests, request_seconds} = embeddings
  const asked =
    requests === 0 ? '' : message('inRequests', {requests, seconds: numbersMessage(request_seconds.toFixed(1))})
  return [
    message('embeddingFacts', {
      ...{model, dimensions, computed, asked, reused},
      fusion: String(config.settings['retrieval.fusion.method']),
    }),
  ]
}

function measureTable(measures: readonly MeasuredValue[]): Table {
  const confidence = measures.find(({interval}) => interval !== null)?.interval?.confidence
  const range = confidence === undefined ? message('interval') : message('intervalOf', {confidence: share(confidence)})
  return {
    columns: [{title: 'measure', kind: 'name'}, ...['mean', range].map(title => ({title, kind: 'number'}) as const)],
    rows: measures.map(({measure, mean, interval}) => [
      measure,
      fixedText(mean),
      interval === null ? message('noneWithOne') : `${fixedText(interval.low)} … ${fixedText(interval.high)}`,
    ]),
  }
}

/** What lowers every measure without being the fault of the search. */
export function gapsOf({queries, relevant}: Pick<EvaluationReport, 'queries' | 'relevant'>): Message[] {
  const [missing, textless] = [relevant.missing, queries.missing_from_run]
  return [
    ...(missing > 0 ? [message('relevantGaps', {missing})] : []),
    ...(textless > 0 ? [message('textlessQueries', {textless})] : []),
  ]
}

function renderGaps({queries, relevant, fallbacks}: EvaluationReport): Text[] {
  const reasons = Object.entries(fallbacks.by_reason).filter(([, count]) => count > 0)
  return [
    ...gapsOf({queries, relevant}),
    ...(queries.without_judgements > 0 ? [message('queriesLeftOut', {queries: queries.without_judgements})] : []),
    ...(fallbacks.total > 0
      ? [
          message('fallbackReplies', {
            total: fallbacks.total,
            asked: fallbacks.queries_asked,
            reasons: reasons.map(([reason, count]) => `${reason} ${count}`).join(', '),
          }),
        ]
      : []),
  ]
}

function renderRepeatability({repeatability, runs}: EvaluationReport): Message[] {
  if (repeatability === null) return []
  const {rbo, tau_b, variance_ratio} = repeatability
  const ratio = variance_ratio?.ratio
  const missing = runs < 3 ? message('needsThreeRuns') : message('ratioNeeds')
  return [
    message('repeatability', {
      rbo: rbo === null ? message('unmeasured') : number(rbo),
      tau: tau_b === null ? message('unmeasured') : number(tau_b),
    }),
    message('varianceRatio', {
      ratio: ratio
        ? numbersMessage(`${fixedText(ratio.estimate)} (${fixedText(ratio.low)} … ${fixedText(ratio.high)})`)
        : missing,
    }),
  ]
}

function renderQueries({per_query, measures}: EvaluationReport, all: boolean): TextBlock[] {
  const ordered = all ? per_query : per_query.toSorted((a, b) => firstValue(a) - firstValue(b)).slice(0, WORST_SHOWN)
  return [
    all
      ? message('eachQuery')
      : message('lowestQueries', {queries: ordered.length, measure: measures[0]?.measure ?? ''}),
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
const share = (value: number): Message => numbersMessage(`${value * 100} %`)
const number = (value: number): Message => numbersMessage(fixedText(value))
const milliseconds = (seconds: number): Message =>
  message('millisecondsOf', {milliseconds: numbersMessage(millisecondsText(seconds))})
