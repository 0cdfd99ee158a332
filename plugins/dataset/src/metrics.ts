import {defineMetrics} from '@ep23/sdk'

/** Channels are user data: this many different ones are counted, the rest under `other`. */
const channels = {atMost: 50}

export const datasetMetrics = defineMetrics({
  digestRecords: {
    kind: 'counter',
    name: 'benchmark_digest_records_total',
    help: 'Daily digests written to the store.',
    unit: 'documents',
    labels: {channel: channels},
  },
  reviewRecords: {
    kind: 'counter',
    name: 'benchmark_review_records_total',
    help: 'Review reports written to the store.',
    unit: 'documents',
    labels: {channel: channels},
  },
  postsRead: {
    kind: 'counter',
    name: 'dataset_posts_read_total',
    help: 'Posts read from sources, before cleaning.',
    unit: 'posts',
    labels: {channel: channels},
  },
  recordsRejected: {
    kind: 'counter',
    name: 'dataset_records_rejected_total',
    help: 'Records that could not be read and were put into quarantine.',
    unit: 'records',
    labels: {},
  },
  seedDuration: {
    kind: 'histogram',
    name: 'dataset_seed_duration_seconds',
    help: 'How long a seed run took.',
    unit: 'seconds',
    labels: {outcome: ['ok', 'failed']},
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
  },
})
