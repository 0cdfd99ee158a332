import {contribute} from '@ep23/sdk'

import {exportersMetrics} from '../metrics.js'
import {builtInExporters} from '../usecases/built-in-exporters.js'

export default contribute({metrics: exportersMetrics, exporters: builtInExporters})
