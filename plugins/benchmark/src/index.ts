export {benchmarkMetrics} from './metrics.js'
