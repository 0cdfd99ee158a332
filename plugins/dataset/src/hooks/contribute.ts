import {contribute, hasCode, type HealthCheck} from '@ep23/sdk'

import {datasetMetrics} from '../metrics.js'

/** How much the history of overwritten and removed documents holds, for `ep23 doctor`. */
const historyCheck: HealthCheck = {
  name: 'dataset history',
  async run({store, settings}) {
    const {historySize} = await import('../usecases/history.js')
    const {retentionOf} = await import('../usecases/history.js')
    const {entries, size_kib} = await historySize(store).catch((error: unknown) => {
      if (hasCode(error, 'STORE_MISSING')) return {entries: 0, size_kib: 0}
      throw error
    })
    const {days, mib} = retentionOf(settings.section('dataset'))
    const {message} = await import('../words/words.js')
    const size = {versions: entries, kibibytes: size_kib, days, mebibytes: mib}
    const detail = message('historySize', size)
    if (size_kib > mib * 1024) return {status: 'warning', detail, fix: message('runPrune')}
    return {status: 'ok', detail}
  },
}

export default contribute({metrics: datasetMetrics, checks: [historyCheck]})
