// Workers, rate limit and deaths in a discrete simulation, held against measured runs:
//
//   node bench/queue-simulation.ts [--samples 240] [--rate 10] [--latency 1000] [--concurrency 2] [--kill-every 0]
//
// Measures runs of 1, 2, 4 and 8 workers against a throttled stand-in (see queue.ts), simulates the same, and prints both. Then it
// simulates what nobody measured. Coefficients are measured here, in the run of one worker without a throttle, and not fitted to the rest.
import {loadavg} from 'node:os'

import {numbersFrom, withFleet} from './sources/queue-fleet.ts'
import {simulate} from './sources/simulate-queue.ts'

const {samples, rate, latency, concurrency, ...every} = numbersFrom({
  samples: 240,
  rate: 10,
  latency: 1000,
  concurrency: 2,
  'kill-every': 0,
})
const latencySeconds = latency / 1000
const killEvery = every['kill-every']
const CALIBRATION = 60

await withFleet(latency, async fleet => {
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
    const run = await fleet.queued(samples, {workers, concurrency, warmUp: CALIBRATION, flags, ...kills})
    const simulated = simulate({...measured, workers, ...kills})
    const waits = await fleet.waits(samples, workers * concurrency)
    const onlyWaits = simulate({...measured, overheadSeconds: 0, workers})
    const percent = (model: number, real: number): number => Number(((model / real - 1) * 100).toFixed(1))
    console.log({
      workers,
      measured_seconds: Number(run.seconds.toFixed(1)),
      simulated_seconds: Number(simulated.seconds.toFixed(1)),
      error_percent: percent(simulated.seconds, run.seconds),
      error_of_waits_alone: percent(onlyWaits.seconds, waits),
      late_ms: Number(run.lateMs.toFixed(1)),
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
})
