import {contribute} from '@ep23/sdk'

import {benchmarkMetrics} from '../metrics.js'
import {runClockCheck} from '../wiring/run-clock-check.js'

export default contribute({metrics: benchmarkMetrics, checks: [runClockCheck]})
