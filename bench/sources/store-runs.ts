import {openStore} from '#src/store/open-store.js'

/** So many runs with a counter each, and their documents as `list_runs` finds them. */
export async function storeRuns(location: string, count: number): Promise<void> {
  const store = await openStore(location)
  const shares = Array.from({length: count}, (_, index) => ({
    run_id: `run-${index}`,
    service: 'ep23-cli',
    command: 'dataset:seed',
    recorded_at: new Date(),
    samples: [{kind: 'counter', name: 'ep23_runs_total', labels: {command: 'dataset:seed', outcome: 'ok'}, value: 1}],
  }))
  await store.collection<(typeof shares)[0]>('ep23_metrics').upsertMany(shares, 'run_id')
  const runs = Array.from({length: count}, (_, index) => ({
    run_id: `run-${index}`,
    trace_id: index.toString(16).padStart(32, '0'),
    command: 'dataset:seed',
    outcome: 'ok',
    started_at: new Date(index * 1000),
    duration_seconds: 1,
  }))
  await store.collection<(typeof runs)[0]>('ep23_runs').upsertMany(runs, 'run_id')
  await store.dispose()
}
