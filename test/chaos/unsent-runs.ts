import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import type {RunTelemetry} from '#src/telemetry/run-telemetry.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'
import {keepUnsent, unsentFolder} from '#src/telemetry/unsent-runs.js'

import {withStore} from '../helpers/with-store.ts'
import {run, storeOf, type Place} from './place.ts'

/** As many as the next run takes along. */
const RUNS = 10
const COUNTER = 'ep23_chaos_total'

/** Runs that wait for their store, each with one to count. */
export function keepUnsentRuns(place: Place): void {
  const folder = unsentFolder({logDir: join(place.folder, '.ep23/logs'), store: storeOf(place)})
  for (let index = 0; index < RUNS; index++) keepUnsent(folder, telemetryOf(`waiting-${index}`))
}

function telemetryOf(run_id: string): RunTelemetry {
  const at = new Date('2026-01-02T03:04:05.678Z')
  const samples = [{kind: 'counter' as const, name: COUNTER, labels: {}, value: 1}]
  const about = {run_id, trace_id: run_id, command: 'chaos', started_at: at, service: 'ep23-cli', version: '1'}
  return {
    metrics: {run_id, service: 'ep23-cli', command: 'chaos', recorded_at: at, samples},
    run: {...about, finished_at: at, duration_seconds: 1, exit: 0, outcome: 'ok', facts: {}},
    spans: [],
  }
}

/** Every run that waited is stored, and counted once: also when it was folded, and when the folding was ended by a kill as well. */
export async function provesTelemetry(place: Place): Promise<void> {
  // A run takes along what it can in a quarter of a second.
  for (let more = 0; more < RUNS && (await storedIn(place)) < RUNS; more++) await run(place, ['config:explain'])
  expect(await countedIn(place)).to.equal(RUNS)
  await run(place, ['observability:prune', '--run-days', '36500'], {CHAOS_DIE_AT: '3'})
  expect(await countedIn(place)).to.equal(RUNS)
  await run(place, ['observability:prune', '--run-days', '36500'])
  expect(await countedIn(place)).to.equal(RUNS)
}

async function storedIn(place: Place): Promise<number> {
  let runs = 0
  await withStore(openStore(storeOf(place)), async store => {
    for await (const _ of store.collection('ep23_runs').find({command: 'chaos'})) runs += 1
  })
  return runs
}

async function countedIn(place: Place): Promise<number> {
  let value = 0
  await withStore(openStore(storeOf(place)), async store => {
    const sample = totalsAsSamples(await readTotals(store)).find(({name}) => name === COUNTER)
    value = sample?.kind === 'counter' ? sample.value : 0
    const runs = await Array.fromAsync(store.collection<{run_id: string}>('ep23_runs').find({command: 'chaos'}))
    expect(runs.map(({run_id}) => run_id).toSorted()).to.deep.equal(
      Array.from({length: RUNS}, (_, index) => `waiting-${index}`),
    )
  })
  return value
}
