import {wholeNumber} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'

import {positiveNumber} from './judge-flags.js'

const queueFlag = {
  summary: 'Redis of the queue: redis://[USER:PASSWORD@]HOST:PORT[/DB].',
  helpValue: 'URL',
  env: 'EP23_QUEUE',
}

/** Of a run that workers compute. */
export const queuedRunFlags = {
  queue: Flags.string({
    ...queueFlag,
    summary: 'Let workers (benchmark:work) judge and write: redis://[USER:PASSWORD@]HOST:PORT[/DB].',
    helpGroup: 'QUEUE',
  }),
  rate: positiveNumber({
    summary: 'Most samples that all workers together begin in a second; with --queue.',
    helpGroup: 'QUEUE',
    dependsOn: ['queue'],
    env: 'EP23_BENCHMARK_RATE',
  }),
}

/** Of `benchmark:queue:status` and `benchmark:queue:drain`. */
export const queueFlags = {queue: Flags.string({...queueFlag, required: true})}

/** Of `benchmark:work`. */
export const workFlags = {
  ...queueFlags,
  concurrency: wholeNumber({
    summary: 'Samples that this worker judges at once.',
    default: 16,
    min: 1,
    max: 256,
    env: 'EP23_BENCHMARK_WORK_CONCURRENCY',
  }),
  grace: wholeNumber({
    summary: 'Seconds that samples under way may take after Ctrl-C or SIGTERM; then they are handed back.',
    default: 30,
    max: 3600,
    env: 'EP23_BENCHMARK_WORK_GRACE',
  }),
}

export type WorkFlags = InferredFlags<typeof workFlags>
