import {contribute} from '@ep23/sdk'

import {lengthsExporter} from '../exporter.js'
import {brevityJudge} from '../judge.js'
import {teamMetrics} from '../metrics.js'

export default contribute({
  metrics: teamMetrics,
  exporters: [lengthsExporter],
  judges: [brevityJudge],
  scenarios: [new URL('../scenarios/team_brevity_ru.yaml', import.meta.url)],
})
