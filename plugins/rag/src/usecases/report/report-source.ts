import type {ConfigChange} from '../../domain/config-keys.js'
import type {PromotionRefusal} from '../judge-promotion.js'
import type {Range, TestedQuery, TuningResult} from '../../domain/tuning-result.js'
import type {Message} from '@ep23/sdk'

/** What the store remembers of a tuning run: its best setting, measured on its test queries. */
export interface PastTuning {
  run_id: string
  finished_at: string
  quality: Range
  variance_ratio: Range | null
}

/** What `rag:promote` would do with the result now. */
export interface PromotionOutlook {
  config: string
  /** Percent of the users that a canary gives other values to now; null without one. */
  canary: number | null
  /** Keys that would change. */
  changes: ConfigChange[]
  refusals: PromotionRefusal[]
  /** Why the file is not as its owner signed it; empty when it is. */
  findings: Message[]
  mostVarianceRatio: number
}

export interface ReportSource {
  result: TuningResult
  tested: TestedQuery[]
  past: PastTuning[]
  outlook: PromotionOutlook
}
