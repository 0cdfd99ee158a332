import type {
  Clock,
  LogFields,
  Logger,
  LogLevel,
  MetricHandles,
  Metrics,
  MetricSpec,
  MetricSpecs,
  Progress,
  Runtime,
  Settings,
  SharedMetrics,
  SpanRecord,
  StepReport,
  Tracer,
} from '@ep23/sdk'
import {memoryStore} from './memory-store.js'
import {plainText} from './plain-text.js'

/** One call of a metric handle. */
export interface RecordedMetric {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

export interface RecordedLine {
  level: LogLevel
  fields: LogFields
  message: string
}

/** What a fake runtime remembers, for the test to look at. */
export interface RecordedCalls {
  metrics: RecordedMetric[]
  lines: RecordedLine[]
  /** Titles of the steps that ran, in order. */
  steps: string[]
  /** Names of the spans, in the order of their start. */
  spans: string[]
  /** Spans of other services that were handed over. */
  archived: SpanRecord[]
  facts: Record<string, unknown>
}

/** A Runtime whose store is in memory, whose clock stands still and which records what is done to it. */
export function fakeRuntime(overrides: Partial<Runtime> = {}): Runtime & {recorded: RecordedCalls} {
  const recorded: RecordedCalls = {metrics: [], lines: [], steps: [], spans: [], archived: [], facts: {}}
  const clock = fixedClock(new Date('2024-12-04T09:00:00Z'))
  const trace_id = '0af7651916cd43dd8448eb211c80319c'
  return {
    run: {run_id: 'test-run', trace_id, command: 'test', started_at: clock.now()},
    settings: defaultSettings,
    store: memoryStore(),
    openStore: () => memoryStore(),
    metrics: recordingMetrics(recorded.metrics),
    sharedMetrics: emptySharedMetrics,
    tracer: recordingTracer(trace_id, recorded.spans),
    spanArchive: {add: async spans => void recorded.archived.push(...spans)},
    logger: recordingLogger(recorded.lines),
    progress: recordingProgress(recorded.steps),
    clock,
    signal: new AbortController().signal,
    version: '0.0.0-test',
    contributions: async () => [],
    render: async text => plainText(text),
    hideSecrets: async text => text,
    describeRun: facts => void Object.assign(recorded.facts, facts),
    ...overrides,
    recorded,
  }
}

/** A clock that shows one moment for ever. */
export function fixedClock(now: Date): Clock {
  return {now: () => new Date(now), monotonic: () => 0}
}

const defaultSettings: Settings = {
  store: 'memory',
  datasetDir: 'datasets',
  logDir: 'logs',
  logLevel: 'info',
  lang: 'ru',
  llmUrl: undefined,
  llmApiKey: undefined,
  otlpEndpoint: undefined,
  telemetry: true,
  traceSample: 1,
  configDir: '.',
  section: () => undefined,
  explain: () => [],
}

function recordingMetrics(calls: RecordedMetric[]): Metrics {
  const handleOf = ({name}: MetricSpec) => ({
    inc: (labels: RecordedMetric['labels'], value = 1) => void calls.push({name, labels, value}),
    set: (labels: RecordedMetric['labels'], value: number) => void calls.push({name, labels, value}),
    observe: (labels: RecordedMetric['labels'], value: number) => void calls.push({name, labels, value}),
    clear: () => undefined,
  })
  return {
    bind: <const S extends MetricSpecs>(specs: S) =>
      Object.fromEntries(
        Object.entries(specs).map(([key, spec]) => [key, handleOf(spec)]),
      ) as unknown as MetricHandles<S>,
  }
}

const emptySharedMetrics: SharedMetrics = {
  declarations: async () => [],
  series: async () => [],
  exposition: async () => '',
  publish: async () => undefined,
  fold: async () => ({folded: 0, recovered: 0}),
}

function recordingTracer(traceId: string, spans: string[]): Tracer {
  return {
    traceId,
    async span(name, _attributes, work) {
      spans.push(name)
      return work({setAttributes: () => undefined})
    },
    traceparent: () => `00-${traceId}-b7ad6b7169203331-01`,
  }
}

function recordingLogger(lines: RecordedLine[]): Logger {
  const at = (level: LogLevel) => (fields: LogFields, message: string) => void lines.push({level, fields, message})
  return {debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error')}
}

const silentReport: StepReport = {note: () => undefined, advance: () => undefined}

function recordingProgress(titles: string[]): Progress {
  const step: Progress['step'] = async (title, work) => {
    titles.push(title)
    return work(silentReport)
  }
  return {
    step,
    async steps(announced, work) {
      const waiting = new Set<string>(announced)
      const running: Promise<unknown>[] = []
      const take = (title: string): undefined => {
        if (!waiting.delete(title)) throw new Error(`the step "${title}" was not announced, or has run already`)
        return undefined
      }
      const run: Progress['step'] = async (title, stepWork) => {
        take(title)
        const made = step(title, stepWork)
        running.push(made)
        return made
      }
      try {
        return await work({step: run, skip: take})
      } finally {
        await Promise.allSettled(running)
      }
    },
  }
}
