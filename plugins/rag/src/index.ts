export {ragMetrics} from './metrics.js'
