import {contribute} from '@ep23/sdk'

import {historyCheck} from '../history-check.js'
import {datasetMetrics} from '../metrics.js'

export default contribute({metrics: datasetMetrics, checks: [historyCheck]})
