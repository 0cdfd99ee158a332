import {contribute} from '@ep23/sdk'

import {exportersMetrics} from '../metrics.js'

export default contribute({metrics: exportersMetrics})
