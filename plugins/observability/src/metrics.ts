import {defineMetrics} from '@ep23/sdk'

export const observabilityMetrics = defineMetrics({
  bootstrapStatus: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_status',
    help: 'Whether a step of the shared infrastructure came up: 1 up, 0 failed or down.',
    unit: 'bool',
    labels: {step: ['mongo', 'prometheus', 'alertmanager', 'pushgateway', 'mock_services']},
  },
})
