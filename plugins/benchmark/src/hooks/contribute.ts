import {contribute} from '@ep23/sdk'

import {benchmarkMetrics} from '../metrics.js'

export default contribute({metrics: benchmarkMetrics})
