import {contribute} from '@ep23/sdk'

import {datasetMetrics} from '../metrics.js'

export default contribute({metrics: datasetMetrics})
