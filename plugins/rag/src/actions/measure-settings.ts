import {createHash} from 'node:crypto'
import type {Runtime} from '@ep23/sdk'
import type {TrialLog} from '../adapters/tuning-folder.js'
import {configSettings, type ConfigValues} from '../domain/config-keys.js'
import type {Setting} from '../domain/tuning.js'
import type {Measure} from '../measures/ranking/measure.js'
import {measureSetting} from '../usecases/measure-setting.js'
import type {TuneDeps} from '../usecases/tune-retrieval.js'
import type {Trial} from '../domain/tuning-result.js'
import {countFallbacks} from './record.js'
import type {TuneFlags} from '../search-flags.js'
import {createReranker, firstStages} from './search-stages.js'
import type {RetrievalCollection} from './open-collection.js'

interface Measured {
  collection: RetrievalCollection
  log: TrialLog<Trial>
  /** Of the configuration that settings are laid over. */
  values: ConfigValues
  measure: Measure
}

/** Measures settings over one collection, each once: what the log knows is taken from it. */
export function settingMeasurer(
  runtime: Runtime,
  flags: TuneFlags,
  {collection, log, values, measure}: Measured,
): TuneDeps['measure'] {
  const {signal, clock, settings} = runtime
  const {corpus, qrels} = collection
  const byId = new Map(collection.queries.map(query => [query.id, query]))
  const prepare = firstStages(runtime, flags, collection)
  return (setting, part, ids) =>
    log.remember(hashOf([setting, part, ids]), async () => {
      const {retrieval, reranker} = configSettings(withSetting(values, setting))
      const deps = {
        clock,
        signal,
        search: (await prepare(retrieval)).search,
        textOf: (id: string) => corpus.textOf(id),
        reranker: createReranker(reranker, {settings, signal, env: process.env, rerankUrl: flags['rerank-url']}),
        onFallback: countFallbacks(runtime),
        onProgress: () => undefined,
      }
      const queries = ids.flatMap(id => byId.get(id) ?? [])
      return measureSetting(
        deps,
        {setting, part, retrieval},
        {queries, qrels, measure, repeats: flags.repeats, seed: flags.seed},
      )
    })
}

function withSetting(values: ConfigValues, setting: Setting): ConfigValues {
  return new Map([...values, ...Object.entries(setting)])
}

/** SHA-256 of anything that JSON can say, lower-case hex. */
export function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
