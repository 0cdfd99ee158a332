import {contribute} from '@ep23/sdk'

import {ragMetrics} from '../metrics.js'

export default contribute({metrics: ragMetrics})
