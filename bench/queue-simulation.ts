// Workers, rate limit and deaths in a discrete simulation, held against measured runs:
//
//   node bench/queue-simulation.ts [--samples 240] [--rate 10] [--latency 1000] [--concurrency 2] [--kill-every 0]
//
// Measures runs of 1, 2, 4 and 8 workers against a throttled stand-in (see queue.ts), simulates the same, and prints both. Then it
// simulates what nobody measured. Coefficients are measured here, in the run of one worker without a throttle, and not fitted to the rest.
import {loadavg} from 'node:os'
import {parseArgs} from 'node:util'

import {temporaryFolder} from '../test/helpers/run-ep23.ts'
import {Fleet} from './sources/queue-fleet.ts'
import {simulate} from './sources/simulate-queue.ts'

const {values} = parseArgs({
  options: {
    samples: {type: 'string', default: '240'},
    rate: {type: 'string', default: '10'},
    latency: {type: 'string', default: '1000'},
    concurrency: {type: 'string', default: '2'},
    'kill-every': {type: 'string', default: '0'},
  },
})
const samples = Number(values.samples)
const rate = Number(values.rate)
const latencySeconds = Number(values.latency) / 1000
const concurrency = Number(values.concurrency)
const killEvery = Number(values['kill-every'])
const UNTHROTTLED = 100_000
const CALIBRATION = 60

const folder = temporaryFolder()
const fleet = await Fleet.open(folder.path, {rate: UNTHROTTLED, latencyMs: latencySeconds * 1000})
try {
  fleet.writeSamples(samples)
  fleet.writeSamples(CALIBRATION)
  const alone = await fleet.queued(CALIBRATION, {workers: 1, concurrency, flags: ['--seed', '1']})
  // What the queue, the run and the worker add to an answer of the stand-in.
  const overheadSeconds = alone.pace * concurrency - latencySeconds
  fleet.model.setRate(rate)
  const measured = {samples, rate, concurrency, latencySeconds, overheadSeconds}
  for (const workers of [1, 2, 4, 8]) {
    const flags = ['--seed', String(100 + workers)]
    const kills = killEvery > 0 ? {killEvery} : {}
    const run = await fleet.queued(samples, {workers, concurrency, flags, ...kills})
    const simulated = simulate({...measured, workers, ...kills})
    const error = simulated.seconds / run.seconds - 1
    console.log({
      workers,
      measured_seconds: Number(run.seconds.toFixed(1)),
      simulated_seconds: Number(simulated.seconds.toFixed(1)),
      error_percent: Number((error * 100).toFixed(1)),
      load: loadavg()[0]?.toFixed(1),
    })
  }
  console.log({overhead_ms: Math.round(overheadSeconds * 1000)})
  for (const [workers, limit] of [
    [8, 100],
    [64, 100],
    [64, 1000],
    [512, 1000],
  ] as const) {
    const model = {...measured, samples: 20_000, rate: limit, concurrency: 16, latencySeconds: 5, workers}
    const [calm, dying] = [simulate(model), simulate({...model, killEvery: 5})]
    console.log({
      workers,
      rate: limit,
      samples: 20_000,
      latency: 5,
      calm: calm.seconds,
      two_killed_every_5_s: dying.seconds,
    })
  }
} finally {
  await fleet.close()
  folder.remove()
}
