import {readdir} from 'node:fs/promises'
import {join} from 'node:path'

import {CLOCK_SKEW_MS, contribute, type FollowQueue, type HealthCheck} from '@ep23/sdk'

import {RUNS_FOLDER} from '../domain/run-folder.js'
import {benchmarkMetrics} from '../metrics.js'

/** For `ep23 doctor`: runs of a clock that was ahead. */
export const runClockCheck: HealthCheck = {
  name: 'benchmark runs',
  async run({settings, clock}) {
    const {message} = await import('../words/words.js')
    const names = await readdir(join(settings.datasetDir, RUNS_FOLDER)).catch(() => [])
    const latest = new Date(clock.now().getTime() + CLOCK_SKEW_MS)
    const ahead = names.filter(name => (timeOf(name) ?? latest) > latest)
    if (ahead.length === 0) return {status: 'ok', detail: message('runsFine')}
    return {
      status: 'warning',
      detail: message('runsAhead', {count: ahead.length, names: ahead.slice(0, 3).join(', ')}),
      fix: message('setClock'),
    }
  },
}

/** Run ids begin with their time: `20241204T090000Z-3f2a1b0c9d8e`. */
function timeOf(id: string): Date | undefined {
  const [, date, hours, minutes, seconds] = /^(\d{8})T(\d{2})(\d{2})(\d{2})Z/u.exec(id) ?? []
  if (date === undefined) return undefined
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  return new Date(`${day}T${hours}:${minutes}:${seconds}Z`)
}

/** BullMQ and its client load with the first queue alone. */
const followQueue: FollowQueue = async (url, options) => {
  const queues = await import('../adapters/queue/follow-queue.js')
  return queues.followQueue(url, options)
}

export default contribute({metrics: benchmarkMetrics, checks: [runClockCheck], followQueue})
