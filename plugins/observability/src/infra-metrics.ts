import {defineMetrics} from '@ep23/sdk'

import {INFRA_STEPS} from './domain/infra-step.js'

export const infraMetrics = defineMetrics({
  status: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_status',
    help: 'Whether a step of the shared infrastructure came up: 1 up, 0 failed or down.',
    unit: 'bool',
    labels: {step: INFRA_STEPS},
  },
  wanted: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_wanted',
    help: 'Whether a step of the shared infrastructure should be up: 1 since infra:up asked for it, 0 since infra:down.',
    unit: 'bool',
    labels: {step: INFRA_STEPS},
  },
  duration: {
    kind: 'histogram',
    name: 'shared_infra_bootstrap_duration_seconds',
    help: 'How long a step of the shared infrastructure took until it answered.',
    unit: 'seconds',
    labels: {step: INFRA_STEPS},
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
  },
})
