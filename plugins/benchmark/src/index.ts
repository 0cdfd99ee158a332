export {judgeFlags, type JudgeFlags} from './flags.js'
export {benchmarkMetrics} from './metrics.js'
