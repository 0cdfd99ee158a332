import {defineMetrics} from '@ep23/sdk'
import {HISTORY_ACTIONS, REFUSAL_REASONS} from './domain/config-history.js'
import {FALLBACK_REASONS} from './domain/model-ports.js'

export const ragMetrics = defineMetrics({
  varianceRatio: {
    kind: 'gauge',
    name: 'rag_variance_ratio',
    help: 'Share of score variance between repeated runs, 1 - ICC(1): 0 is perfectly repeatable.',
    unit: 'ratio',
    labels: {window: {atMost: 20}},
  },
  varianceUpper: {
    kind: 'gauge',
    name: 'rag_variance_upper_ratio',
    help: 'Upper bound of the variance ratio, at 99 %: promotions are held to it.',
    unit: 'ratio',
    labels: {window: {atMost: 20}},
  },
  tuningBest: {
    kind: 'gauge',
    name: 'rag_tuning_best_score',
    help: 'Quality of the best setting so far of the last tuning run, on the queries that it chooses on.',
    unit: 'score',
    labels: {metric: {atMost: 20}},
  },
  configChanges: {
    kind: 'counter',
    name: 'rag_config_changes_total',
    help: 'Signed changes of the retrieval configuration.',
    unit: 'changes',
    labels: {operation: HISTORY_ACTIONS},
  },
  refusals: {
    kind: 'counter',
    name: 'rag_config_refusals_total',
    help: 'Changes of the retrieval configuration that were refused; a promotion counts once for each reason.',
    unit: 'refusals',
    labels: {reason: REFUSAL_REASONS},
  },
  canary: {
    kind: 'gauge',
    name: 'rag_canary_ratio',
    help: 'Share of the users that a canary gives other values to, as the configuration says; 0 without one.',
    unit: 'ratio',
    labels: {},
  },
  fallbackReason: {
    kind: 'counter',
    name: 'rag_fallback_reason_total',
    help: 'Rerank replies that could not be used, by reason.',
    unit: 'replies',
    labels: {reason: FALLBACK_REASONS},
  },
})
