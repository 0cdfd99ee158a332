import type {Runtime} from '@ep23/sdk'

import {openQuarantine, type QuarantineFile} from '../adapters/evidence/quarantine-file.js'
import {datasetMetrics} from '../metrics.js'

/** This run's quarantine file; each record in it counts as rejected. */
export type Quarantine = Pick<QuarantineFile, 'add' | 'close'>

export async function countedQuarantine({settings, run, metrics}: Runtime): Promise<Quarantine> {
  const file = await openQuarantine(settings.datasetDir, run.run_id)
  const {recordsRejected} = metrics.bind(datasetMetrics)
  return {
    add(invalid) {
      recordsRejected.inc({})
      file.add(invalid)
    },
    close: () => file.close(),
  }
}
