export {judgeFlags, type JudgeFlags} from './judge-flags.js'
export {benchmarkMetrics} from './metrics.js'
