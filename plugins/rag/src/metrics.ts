import {defineMetrics} from '@ep23/sdk'

export const ragMetrics = defineMetrics({
  varianceRatio: {
    kind: 'gauge',
    name: 'rag_variance_ratio',
    help: 'Share of score variance between repeated runs, 1 - ICC(1): 0 is perfectly repeatable.',
    unit: 'ratio',
    labels: {window: {atMost: 20}},
  },
  fallbackReason: {
    kind: 'counter',
    name: 'rag_fallback_reason_total',
    help: 'Rerank replies that could not be used, by reason.',
    unit: 'replies',
    labels: {reason: ['timeout', 'parse_error', 'missing_ids', 'http_error', 'refused', 'other']},
  },
})
