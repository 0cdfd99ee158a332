import type {Settings, SharedMetrics, SpanArchive, Store} from '@ep23/sdk'

import type {createSharedMetrics} from './shared-metrics.js'

/** The shared metrics, whose modules are loaded by the few commands that ask for them. */
export function lazySharedMetrics(options: Parameters<typeof createSharedMetrics>[0]): SharedMetrics {
  let asked: Promise<SharedMetrics> | undefined
  const load = async (): Promise<SharedMetrics> =>
    (asked ??= import('./shared-metrics.js').then(module => module.createSharedMetrics(options)))
  return {
    declarations: async () => (await load()).declarations(),
    series: async live => (await load()).series(live),
    exposition: async live => (await load()).exposition(live),
    publish: async () => (await load()).publish(),
    fold: async () => (await load()).fold(),
  }
}

/** Where spans of other services are stored; loaded with the first ones. */
export function lazySpanArchive(store: Store, {llmApiKey}: Pick<Settings, 'llmApiKey'>): SpanArchive {
  let asked: Promise<SpanArchive> | undefined
  const load = async (): Promise<SpanArchive> => {
    const [{createSpanArchive}, {createRedactor}] = await Promise.all([
      import('./span-archive.js'),
      import('./redact.js'),
    ])
    return createSpanArchive(store, createRedactor([llmApiKey]))
  }
  return {add: async spans => (await (asked ??= load())).add(spans)}
}
