export {observabilityMetrics} from './metrics.js'
