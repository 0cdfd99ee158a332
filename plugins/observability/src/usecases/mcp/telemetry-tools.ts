import type {Runtime, Scalar, SpanRecord, Store} from '@ep23/sdk'

import {shortened} from '../../domain/tool-summaries.js'
import {READS, takes, type Arguments, type Tool} from '../../domain/tool.js'
import {findTrace} from '../traces/find-trace.js'
import {renderTree} from '../traces/render-tree.js'

const MOST_RUNS = 200
const MOST_SPANS = 1000
const MOST_SPAN_LINES = 60

/** What runs have left in the store. */
export function telemetryTools({store}: Pick<Runtime, 'store'>): Tool[] {
  return [
    {
      name: 'list_runs',
      title: 'Runs',
      description: 'The latest runs of commands with their outcome, trace and facts, newest first.',
      inputSchema: takes({
        command: {type: 'string', minLength: 1, maxLength: 100, description: 'Only this one, such as dataset:seed.'},
        outcome: {enum: ['ok', 'failed', 'warned', 'undecided', 'unmeasured', 'interrupted', 'error']},
        limit: {type: 'integer', minimum: 1, maximum: MOST_RUNS, default: 20},
      }),
      annotations: READS,
      scope: 'read',
      summarize: data => runLines((data as {runs: StoredRun[]}).runs),
      run: async args => ({data: {runs: await listRuns(store, args)}}),
    },
    {
      name: 'show_trace',
      title: 'Trace',
      description: `A trace as a tree with durations, and its spans, earliest first, ${MOST_SPANS} at most.`,
      inputSchema: takes(
        {
          trace_id: {type: 'string', pattern: '^[0-9a-fA-F]{4,32}$', description: 'The id, or its beginning.'},
          limit: {type: 'integer', minimum: 1, maximum: MOST_SPANS, default: 100, description: 'Most spans.'},
        },
        ['trace_id'],
      ),
      annotations: READS,
      scope: 'read',
      summarize: data => traceLines(data as ShownTrace),
      run: async args => ({data: await showTrace(store, args)}),
    },
  ]
}

interface StoredRun {
  run_id: string
  trace_id: string
  command: string
  outcome: string
  started_at: Date
  duration_seconds: number
}

async function listRuns(store: Store, {command, outcome, limit = 20}: Arguments): Promise<StoredRun[]> {
  const filter = Object.fromEntries(Object.entries({command, outcome}).filter(([, value]) => value !== undefined))
  const newest = {sort: {started_at: -1, run_id: 1}, limit: Number(limit)} as const
  return Array.fromAsync(store.collection<StoredRun>('ep23_runs').find(filter as Record<string, Scalar>, newest))
}

function runLines(runs: readonly StoredRun[]): string[] {
  if (runs.length === 0) return ['no such run is stored']
  return shortened(
    runs.map(({run_id, command, outcome, started_at, duration_seconds, trace_id}) => {
      return `${started_at.toISOString()} ${command} ${outcome} in ${duration_seconds.toFixed(1)} s, run ${run_id}, trace ${trace_id}`
    }),
  )
}

interface ShownTrace {
  found_trace_id: string | undefined
  total: number
  spans: SpanRecord[]
}

async function showTrace(store: Store, {trace_id, limit = 100}: Arguments): Promise<ShownTrace> {
  const spans = await findTrace(store, String(trace_id))
  const sorted = spans.toSorted((a, b) => (a.start_ns < b.start_ns ? -1 : 1))
  return {found_trace_id: sorted[0]?.trace_id, total: spans.length, spans: sorted.slice(0, Number(limit))}
}

function traceLines({spans, total}: ShownTrace): string[] {
  const left = total - spans.length
  return [
    ...shortened(renderTree(spans), MOST_SPAN_LINES),
    ...(left > 0 ? [`${left} later spans are left out; ask for more with limit`] : []),
  ]
}
