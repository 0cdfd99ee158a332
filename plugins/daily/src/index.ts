export type {BoardLine, DailyState, Drop, Finding} from './domain/board-line.js'
export {dailyMetrics} from './metrics.js'
