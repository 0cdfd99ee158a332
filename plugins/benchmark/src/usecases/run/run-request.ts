import type {Judge} from '@ep23/sdk'

import type {AskedAnswers} from '../../domain/answers/answer-writer.js'
import type {DatasetSource} from '../../domain/dataset-source.js'
import type {Scenario} from '../../domain/scenario.js'
import type {ScoreCalibration} from '../../domain/score-calibration.js'

/** When to stop asking; what is not set does not limit. */
export interface RunLimits {
  maxCost?: number | undefined
  maxTokens?: number | undefined
  maxMinutes?: number | undefined
  /** Seconds that one judgement, or the writing of one answer, may take, all attempts together. */
  sampleSeconds: number
}

/** What `benchmark:run` was asked for, everything resolved. */
export interface RunRequest {
  scenario: Scenario
  dataset: DatasetSource
  judge: Judge
  dryRun: boolean
  /** What people think of the judge's scores. */
  calibrations: readonly ScoreCalibration[]
  requireCalibration: boolean
  requireProof: boolean
  judgeRepeats: number
  /** Answers written anew; those of the dataset without. */
  answers?: AskedAnswers | undefined
  /** At most so many samples, the first of the dataset's order. */
  limit: number | undefined
  limits: RunLimits
  resume: boolean
  baseline: string | null
}
