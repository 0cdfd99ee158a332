import {type Runtime, type Scalar, type SpanRecord, type Store, englishOf} from '@ep23/sdk'

import {listOf, objectOf, textOf} from '../../domain/json-shape.js'
import {shortened} from '../../domain/tool-summaries.js'
import {READS, takes, type Arguments, type Tool} from '../../domain/tool.js'
import {findTrace} from '../traces/find-trace.js'
import {renderTree} from '../traces/render-tree.js'

type DatasetDeps = Pick<Runtime, 'settings' | 'store'>

/** What can be said of the dataset without running a command. */
export function datasetTools(deps: DatasetDeps): Tool[] {
  return [
    {
      name: 'list_channels',
      title: 'Channels',
      description: 'The channels of the settings and of the store, each with whether it is configured and its digests.',
      inputSchema: takes(),
      annotations: READS,
      scope: 'read',
      summarize: data => (data as {channels: Channel[]}).channels.map(channelLine),
      run: async () => ({data: {channels: await listChannels(deps)}}),
    },
    {
      name: 'dataset_counts',
      title: 'Documents of the dataset',
      description: 'How many digests and review reports the store holds, per channel.',
      inputSchema: takes(),
      annotations: READS,
      scope: 'read',
      summarize: data => countLines(data as DatasetCounts),
      run: async () => ({data: await countDataset(deps.store)}),
    },
  ]
}

interface Channel {
  channel: string
  configured: boolean
  digests: number
}

function channelLine({channel, configured, digests}: Channel): string {
  return `${channel}: ${digests} digests${configured ? '' : ', not in the settings'}`
}

async function listChannels({settings, store}: DatasetDeps): Promise<Channel[]> {
  const configured = listOf(objectOf(settings.section('dataset'))['channels']).flatMap(channel => {
    const name = textOf(channel) ?? textOf(objectOf(channel)['name'])
    return name === undefined ? [] : [name]
  })
  const digests = await store.collection('digests').countBy({}, 'channel')
  return [...new Set([...configured, ...digests.keys()])].map(channel => ({
    channel,
    configured: configured.includes(channel),
    digests: digests.get(channel) ?? 0,
  }))
}

interface Counts {
  total: number
  by_channel: Record<string, number>
}

interface DatasetCounts {
  store: string
  digests: Counts
  review_reports: Counts
}

async function countDataset(store: Store): Promise<DatasetCounts> {
  const digests = await store.collection('digests').countBy({}, 'channel')
  const reports = await store.collection('review_reports').countBy({}, 'assignment_id')
  return {store: store.location, digests: counted(digests), review_reports: counted(reports)}
}

function counted(counts: ReadonlyMap<string, number>): Counts {
  return {total: [...counts.values()].reduce((sum, count) => sum + count, 0), by_channel: Object.fromEntries(counts)}
}

function countLines({digests, review_reports}: DatasetCounts): string[] {
  return [
    `${digests.total} digests, ${review_reports.total} review reports`,
    ...Object.entries(digests.by_channel).map(([channel, count]) => {
      return `${channel}: ${count} digests, ${review_reports.by_channel[channel] ?? 0} review reports`
    }),
  ]
}

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
    ...shortened(renderTree(spans).map(englishOf), MOST_SPAN_LINES),
    ...(left > 0 ? [`${left} later spans are left out; ask for more with limit`] : []),
  ]
}
