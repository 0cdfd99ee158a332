import {usageError, type Judge, type Runtime} from '@ep23/sdk'

import type {Scenario} from '../../domain/scenario.js'

export function runnerJudge(_scenario: Scenario, _runtime: Runtime): Judge {
  throw usageError('not yet')
}
