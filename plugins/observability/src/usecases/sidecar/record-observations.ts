import type {MetricSpec} from '@ep23/sdk'

import {parseObservations, type Observation} from '../../domain/observation.js'
import {jsonReply, type Reply} from '../../domain/route.js'
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
export function createObserver(deps: SidecarDeps): (body: unknown) => Promise<Reply> {
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
