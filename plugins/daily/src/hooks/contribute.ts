import {contribute} from '@ep23/sdk'

import {dailyMetrics} from '../metrics.js'

export default contribute({metrics: dailyMetrics})
