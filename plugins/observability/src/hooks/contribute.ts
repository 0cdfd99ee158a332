import {contribute} from '@ep23/sdk'

import {observabilityMetrics} from '../metrics.js'

export default contribute({metrics: observabilityMetrics})
