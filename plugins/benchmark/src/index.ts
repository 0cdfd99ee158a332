export {judgeFlags, type JudgeFlags} from './judge-flags.js'
export {englishNameOf} from './domain/messages/names.js'
export {benchmarkMetrics} from './metrics.js'
