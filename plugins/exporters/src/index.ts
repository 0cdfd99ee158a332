export {exportersMetrics} from './metrics.js'
