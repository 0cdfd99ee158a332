import {badDataError, type Runtime, type Scalar, type Store} from '@ep23/sdk'

import {POLICY_DEMANDS} from '../../domain/mcp/policy-demands.js'
import {READS, takes, type Arguments, type Tool} from '../../domain/mcp/tool.js'
import {findTrace} from '../traces/find-trace.js'

type TelemetryDeps = Pick<Runtime, 'sharedMetrics' | 'store'>

const MOST_RUNS = 200
const MOST_SPANS = 1000

/** What runs have left in the store. */
export function telemetryTools({sharedMetrics, store}: TelemetryDeps): Tool[] {
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
      run: async args => ({data: {runs: await listRuns(store, args)}}),
    },
    {
      name: 'show_trace',
      title: 'Trace',
      description: `The spans of a trace, earliest first, ${MOST_SPANS} at most.`,
      inputSchema: takes(
        {trace_id: {type: 'string', pattern: '^[0-9a-fA-F]{4,32}$', description: 'The id, or its beginning.'}},
        ['trace_id'],
      ),
      annotations: READS,
      run: async ({trace_id}) => ({data: await showTrace(store, String(trace_id))}),
    },
    {
      name: 'query_metric',
      title: 'Metric',
      description: 'The values of a declared metric over all runs, one per series.',
      inputSchema: takes(
        {
          name: {type: 'string', minLength: 1, maxLength: 200},
          labels: {type: 'object', additionalProperties: {type: 'string'}, description: 'Only series with these.'},
        },
        ['name'],
      ),
      annotations: READS,
      run: async args => ({data: await queryMetric(sharedMetrics, args)}),
    },
    {
      name: 'explain_policy_finding',
      title: 'Rule of the observability policy',
      description: 'What the rule demands whose name a finding of the observability policy carries.',
      inputSchema: takes({rule: {enum: Object.keys(POLICY_DEMANDS)}}, ['rule']),
      annotations: READS,
      run: async ({rule}) => ({data: {rule, demands: POLICY_DEMANDS[String(rule)]}}),
    },
  ]
}

async function listRuns(store: Store, {command, outcome, limit = 20}: Arguments): Promise<object[]> {
  const filter = Object.fromEntries(Object.entries({command, outcome}).filter(([, value]) => value !== undefined))
  const newest = {sort: {started_at: -1, run_id: 1}, limit: Number(limit)} as const
  return Array.fromAsync(store.collection('ep23_runs').find(filter as Record<string, Scalar>, newest))
}

async function showTrace(store: Store, prefix: string): Promise<object> {
  const spans = await findTrace(store, prefix)
  const sorted = spans.toSorted((a, b) => (a.start_ns < b.start_ns ? -1 : 1))
  return {found_trace_id: sorted[0]?.trace_id, total: spans.length, spans: sorted.slice(0, MOST_SPANS)}
}

async function queryMetric(sharedMetrics: TelemetryDeps['sharedMetrics'], args: Arguments): Promise<object> {
  const declared = (await sharedMetrics.declarations()).find(({spec}) => spec.name === args['name'])
  if (!declared)
    throw badDataError('METRIC_UNKNOWN', `no metric ${String(args['name'])} is declared`, [
      'see the declared ones with: ep23 observability:policy --no-live',
    ])
  const {owner, spec} = declared
  const wanted = Object.entries((args['labels'] ?? {}) as Record<string, string>)
  const series = (await sharedMetrics.series()).filter(
    ({name, labels}) => name === spec.name && wanted.every(([label, value]) => labels[label] === value),
  )
  return {name: spec.name, kind: spec.kind, unit: spec.unit, help: spec.help, owner, series}
}
