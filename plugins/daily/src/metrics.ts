import {defineMetrics} from '@ep23/sdk'

import {STATES} from './domain/board-line.js'
import {NOTIFIERS} from './domain/notifier.js'

export const dailyMetrics = defineMetrics({
  state: {
    kind: 'gauge',
    name: 'ep23_daily_state',
    help: 'What the last judged day is: 1 for the state that holds, 0 for the others.',
    unit: 'bool',
    labels: {state: STATES},
  },
  lastSuccess: {
    kind: 'gauge',
    name: 'ep23_daily_last_success_timestamp_seconds',
    help: 'When ep23 daily last ended with the day judged, in seconds since 1970.',
    unit: 'seconds',
    labels: {},
  },
  evidence: {
    kind: 'gauge',
    name: 'ep23_daily_evidence_ratio',
    help: 'Evidence of a decline after the last judged day; an alarm is at 1.',
    unit: 'ratio',
    labels: {},
  },
  score: {
    kind: 'gauge',
    name: 'ep23_daily_score',
    help: 'Mean over the channels of the last judged day, as the judge gave it.',
    unit: 'score',
    labels: {metric: {atMost: 8}},
  },
  notifications: {
    kind: 'counter',
    name: 'ep23_notifications_total',
    help: 'Messages of ep23 daily by where they went and what became of them.',
    unit: 'messages',
    labels: {channel: NOTIFIERS, outcome: ['sent', 'failed']},
  },
})
