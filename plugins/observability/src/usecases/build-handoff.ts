import {joined, type Message, badDataError, Ep23Error, EXIT, type Runtime, type SharedSeries} from '@ep23/sdk'

import type {JsonObject} from '../domain/json-shape.js'
import {EPIC_METRICS} from '../domain/runtime-coverage.js'
import {message} from '../words/words.js'

/** A file that proves something, as it was at the handoff. */
export interface Evidence {
  path: string
  bytes: number
  sha256: string
}

/** What the next stage gets: the template's own fields, and what was measured. */
export interface Handoff extends JsonObject {
  epic_id: string
  stage_id: string
  generated_at: string
  observability: {
    run_id: string
    trace_id: string
    stage_id: string
    command: string
    outcome: string
    finished_at: string
    latency_ms: number
    metrics_endpoint: string
    metrics_endpoint_answers: boolean
    metrics: {name: string; series: SharedSeries[]}[]
  }
  evidence: Evidence[]
}

interface HandoffOptions {
  epic: string
  stage: string
  /** The run that is handed over; the latest one that was not about observability by default. */
  run: string | undefined
  endpoint: string
  template: JsonObject
  evidence: Evidence[]
}

interface HandoffDeps extends Pick<Runtime, 'clock' | 'sharedMetrics' | 'store'> {
  answers: (url: string) => Promise<boolean>
  /** What is wrong with it, by the schema; empty when nothing is. */
  problemsOf: (handoff: Handoff) => Message[]
}

interface RunDocument {
  run_id: string
  trace_id: string
  command: string
  outcome: string
  finished_at: Date
  duration_seconds: number
}

/** @throws Ep23Error RUN_UNKNOWN (65) when there is no such run, HANDOFF_INVALID (65) when the template breaks the schema */
export async function buildHandoff(deps: HandoffDeps, options: HandoffOptions): Promise<Handoff> {
  const run = await findRun(deps.store, options.run)
  const handoff: Handoff = {
    ...options.template,
    epic_id: options.epic,
    stage_id: options.stage,
    generated_at: deps.clock.now().toISOString(),
    observability: {
      run_id: run.run_id,
      trace_id: run.trace_id,
      stage_id: options.stage,
      command: run.command,
      outcome: run.outcome,
      finished_at: run.finished_at.toISOString(),
      latency_ms: Math.round(run.duration_seconds * 1e6) / 1e3,
      metrics_endpoint: options.endpoint,
      metrics_endpoint_answers: await deps.answers(options.endpoint),
      metrics: epicMetrics(await deps.sharedMetrics.series()),
    },
    evidence: options.evidence,
  }
  const problems = deps.problemsOf(handoff)
  if (problems.length > 0)
    throw badDataError('HANDOFF_INVALID', message('handoffBreaks', {problems: joined(problems, '; ')}), [
      message('correctTemplate'),
    ])
  return handoff
}

async function findRun(store: Runtime['store'], wanted: string | undefined): Promise<RunDocument> {
  const latestFirst = {sort: {started_at: -1, run_id: -1}} as const
  const filter = wanted === undefined ? {} : {run_id: wanted}
  for await (const run of store.collection<RunDocument>('ep23_runs').find(filter, latestFirst))
    if (wanted !== undefined || !run.command.startsWith('observability:')) return run
  throw new Ep23Error(message('noRunIn', {run: wanted ?? message('runToHandOver'), location: store.location}), {
    code: 'RUN_UNKNOWN',
    exit: EXIT.badData,
    suggestions: [message('runStageFirst')],
  })
}

function epicMetrics(series: readonly SharedSeries[]): {name: string; series: SharedSeries[]}[] {
  return EPIC_METRICS.map(name => ({name, series: series.filter(one => one.name === name)}))
}
