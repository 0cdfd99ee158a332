import type {MetricSpec} from '@ep23/sdk'
import {HttpRefusal, jsonReply, type RouteReply} from '@ep23/http'

import {objectOf} from '../../domain/json-shape.js'
import {liveMetrics, sidecarMetrics} from '../../metrics.js'
import type {SidecarDeps} from './sidecar-deps.js'

const OWN: ReadonlySet<string> = new Set(
  [...Object.values(liveMetrics), ...Object.values(sidecarMetrics)].map(({name}) => name),
)

interface AnyHandle {
  inc?(labels: Observation['labels'], by: number): void
  set?(labels: Observation['labels'], value: number): void
  observe?(labels: Observation['labels'], value: number): void
}

/**
 * Adds what other services have observed to the declared metrics, all of a request or nothing of it. The answer is 200
 * when it is in the store, 202 when the store could not be written just now and it waits for that.
 */
export function createObserver(deps: SidecarDeps): (body: unknown) => Promise<RouteReply> {
  const handles = new Map<string, AnyHandle>()

  function handleOf(spec: MetricSpec): AnyHandle {
    const handle = handles.get(spec.name) ?? deps.metrics.bind({observed: spec}).observed
    handles.set(spec.name, handle)
    return handle
  }

  return async body => {
    const observations = await parse(deps, body)
    for (const {spec, labels, value} of observations) record(handleOf(spec), {labels, value})
    deps.counts.observations.inc({outcome: 'accepted'}, observations.length)
    return jsonReply((await isStored(deps)) ? 200 : 202, {accepted: observations.length})
  }
}

async function parse({sharedMetrics, counts}: SidecarDeps, body: unknown): Promise<Observation[]> {
  const declarations = await sharedMetrics.declarations()
  const open = declarations.filter(({spec}) => !spec.internal && !OWN.has(spec.name))
  try {
    return parseObservations(body, new Map(open.map(({spec}) => [spec.name, spec])))
  } catch (error) {
    counts.observations.inc({outcome: 'refused'})
    throw error
  }
}

function record(handle: AnyHandle, {labels, value}: Pick<Observation, 'labels' | 'value'>): void {
  handle.inc?.(labels, value)
  handle.set?.(labels, value)
  handle.observe?.(labels, value)
}

async function isStored({sharedMetrics, logger}: SidecarDeps): Promise<boolean> {
  try {
    await sharedMetrics.publish()
    return true
  } catch (error) {
    logger.warn({err: error}, 'observations wait for the store')
    return false
  }
}

/** One record of a declared metric, as another service hands it over. */
interface Observation {
  spec: MetricSpec
  labels: Readonly<Record<string, string>>
  /** Added to a counter, set as a gauge, observed by a histogram. */
  value: number
}

const MOST = 1000

/**
 * Reads `{"observations": [{"metric": "rag_fallback_reason_total", "labels": {"reason": "timeout"}, "value": 1}]}`.
 * All of them are checked before any is recorded. Label values are not checked here: the registry records those
 * outside their bound as `other`.
 * @param specs the metrics that may be observed, by name
 * @throws HttpRefusal 400 for another shape, 422 for what is not declared
 */
function parseObservations(body: unknown, specs: ReadonlyMap<string, MetricSpec>): Observation[] {
  const {observations} = objectOf(body)
  if (!Array.isArray(observations) || observations.length === 0)
    throw malformed('send {"observations": [{"metric", "labels", "value"}]}')
  if (observations.length > MOST) throw malformed(`at most ${MOST} observations at once`)
  return observations.map((entry, index) => parseOne(entry, `observations[${index}]`, specs))
}

function parseOne(entry: unknown, place: string, specs: ReadonlyMap<string, MetricSpec>): Observation {
  const {metric, labels = {}, value = 1, ...rest} = objectOf(entry)
  const unknown = Object.keys(rest)[0]
  if (unknown !== undefined) throw malformed(`${place} has a field ${JSON.stringify(clip(unknown))}`)
  if (typeof metric !== 'string') throw malformed(`${place} names no metric`)
  const spec = specs.get(metric)
  if (!spec) throw undeclared(`${place}: ${JSON.stringify(clip(metric))} is not a metric that may be observed`)
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(`${place}: value is not a finite number`)
  if (spec.kind === 'counter' && value < 0) throw malformed(`${place}: a counter cannot fall`)
  return {spec, labels: parseLabels(labels, place, spec), value}
}

function parseLabels(given: unknown, place: string, {name, labels: declared}: MetricSpec): Observation['labels'] {
  const entries = Object.entries(objectOf(given))
  const names = Object.keys(declared)
  if (entries.length !== names.length || names.some(label => !Object.hasOwn(objectOf(given), label)))
    throw undeclared(`${place}: ${name} takes exactly the labels {${names.join(', ')}}`)
  return Object.fromEntries(
    entries.map(([label, value]) => {
      if (typeof value !== 'string') throw malformed(`${place}: the label ${label} is not a text`)
      return [label, value]
    }),
  )
}

function clip(text: string): string {
  return text.slice(0, 80)
}

function malformed(message: string): HttpRefusal {
  return new HttpRefusal(message, {status: 400, reason: 'malformed'})
}

function undeclared(message: string): HttpRefusal {
  return new HttpRefusal(message, {status: 422, reason: 'undeclared_metric'})
}
