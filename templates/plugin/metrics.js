import {defineMetrics} from '@ep23/sdk'

export const teamMetrics = defineMetrics({
  greetings: {
    kind: 'counter',
    name: 'team_greetings_total',
    help: 'Greetings said by the team plugin.',
    unit: 'greetings',
    labels: {channel: {atMost: 50}},
  },
})
