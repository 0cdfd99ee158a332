// A run that workers compute, under everything that can happen to them:
//
//   node bench/queue.ts [--samples 20000] [--workers 8] [--concurrency 8] [--rate 30] [--latency 250] [--kill-every 5]
//
// Starts Debian's redis-server with its append-only file, a stand-in for the model server that answers at most --rate requests a
// second, and so many workers. Every few seconds two workers get SIGKILL and two new ones start; halfway Redis gets SIGKILL and starts
// again. The stand-in, not the processors, must be the limit: the bench first measures what the machine does without a throttle, and
// says so. Printed: whether every sample was judged and stored exactly once with the numbers of a local run, and how long it took beside
// the ideal (samples / rate).
import {createReadStream} from 'node:fs'
import {createInterface} from 'node:readline'
import {loadavg} from 'node:os'

import {numbersFrom, withFleet} from './sources/queue-fleet.ts'

const {samples, workers, concurrency, rate, latency, ...every} = numbersFrom({
  samples: 20_000,
  workers: 8,
  concurrency: 8,
  rate: 30,
  latency: 250,
  'kill-every': 5,
})
const WARM_UP = Math.min(samples, 1000)

await withFleet(latency, async fleet => {
  fleet.writeSamples(samples)
  if (WARM_UP < samples) fleet.writeSamples(WARM_UP)
  const free = await fleet.queued(WARM_UP, {workers, concurrency, flags: ['--seed', '7']})
  const local = await fleet.local(samples, ['--concurrency', '128'])
  fleet.model.setRate(rate)
  const ideal = samples / rate
  const run = await fleet.queued(samples, {
    workers,
    concurrency,
    killEvery: every['kill-every'],
    restartAfter: ideal / 2,
  })
  const [one, other] = [await scoresIn(fleet.output('local')), await scoresIn(fleet.output('queued-2'))]
  const repeated = [...run.asked.values()].reduce((sum, count) => sum + count - 1, 0)
  console.log({
    load: loadavg()[0]?.toFixed(1),
    machine_without_throttle_per_second: Math.round(WARM_UP / free.seconds),
    throttle_per_second: rate,
    samples,
    workers,
    killed: run.kills,
    redis_restarts: 1,
    exit: [local.code, run.ended.code],
    verdict: [verdictOf(local.stdout), verdictOf(run.ended.stdout)],
    stored: other.lines,
    distinct: other.scores.size,
    differing_from_local: [...one.scores].filter(([id, scores]) => other.scores.get(id) !== scores).length,
    asked_again_after_a_death: repeated,
    seconds: Number(run.seconds.toFixed(1)),
    ideal_seconds: Number(ideal.toFixed(1)),
    ratio: Number((run.seconds / ideal).toFixed(3)),
  })
})

function verdictOf(stdout: string): string {
  return (JSON.parse(stdout) as {data: {assessment: {verdict: string}}}).data.assessment.verdict
}

async function scoresIn(file: string): Promise<{lines: number; scores: Map<string, string>}> {
  const scores = new Map<string, string>()
  let lines = 0
  for await (const text of createInterface(createReadStream(file))) {
    const line = JSON.parse(text) as {sample_id: string; scores: object}
    scores.set(line.sample_id, JSON.stringify(line.scores))
    lines += 1
  }
  return {lines, scores}
}
