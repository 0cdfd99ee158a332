import {createHash} from 'node:crypto'
import {join, resolve} from 'node:path'

import {type Runtime, badDataError, writeFileAtomically} from '@ep23/sdk'

import {readConfigFile} from '../adapters/config/config-file.js'
import {readText} from '../adapters/input/read-text.js'
import {TrialLog} from '../adapters/tuning/trial-log.js'
import {configSettings} from '../domain/config-settings.js'
import type {ConfigValues} from '../domain/config-keys.js'
import type {Setting} from '../domain/tuning/knobs.js'
import {parseMeasure} from '../formats/measure-notation.js'
import {readTuningSpace} from '../formats/tuning-space-yaml.js'
import {ragMetrics} from '../metrics.js'
import {measureSetting} from '../usecases/tune/measure-setting.js'
import {type TuneDeps, tuneRetrieval, type Tuned, type TuningMethod} from '../usecases/tune/tune-retrieval.js'
import type {Trial, TuningResult} from '../usecases/tune/tuning-result.js'
import {configPath} from './config-path.js'
import {createReranker} from './create-reranker.js'
import {countFallbacks} from './count-fallbacks.js'
import {type Collection, type CollectionFlags, openCollection} from './open-collection.js'

export interface TuneFlags extends CollectionFlags {
  config: string | undefined
  'rag-config': string | undefined
  'rerank-url': string | undefined
  space: string
  method: TuningMethod
  budget: number
  measure: string
  repeats: number
  seed: number
  'train-share': number
  output: string | undefined
}

interface State {
  collection?: Collection
  tuned?: Tuned
  log?: TrialLog<Trial>
  resumed: number
}

/** Tunes as the flags say, and writes `result.json` beside the trials. */
export async function tuneAsAsked(runtime: Runtime, flags: TuneFlags): Promise<TuningResult> {
  const config = await readConfigFile(configPath(flags, runtime.settings))
  const knobs = readTuningSpace(flags.space, await readText(flags.space, 'the tuning space'))
  const measure = parseMeasure(flags.measure)
  const folder = resolve(flags.output ?? join('.ep23', 'rag-tune', runtime.run.run_id))
  const base_sha256 = createHash('sha256').update(config.text).digest('hex')
  const state = await runtime.progress.run<State>(
    [
      {
        title: 'Open corpus and queries',
        run: async state => void (state.collection = await openCollection(flags, runtime)),
      },
      {
        title: 'Try settings',
        async run(state, report) {
          const {collection} = state
          const queries = judgedIds(collection!)
          const {corpus} = collection!
          const question = hashOf([
            base_sha256,
            knobs,
            flags.measure,
            flags.repeats,
            flags.seed,
            corpus.indexing.index.signature,
            corpus.documents,
            queries,
          ])
          state.log = await TrialLog.open<Trial>(folder, question)
          state.resumed = state.log.size
          const deps = trialDeps(runtime, flags, {
            collection: collection!,
            log: state.log,
            values: config.values,
            measure,
          })
          const onTrial: TuneDeps['onTrial'] = (done, expected, best) => {
            report.advance(done, expected, 'settings')
            report.note(`best so far ${best.quality.estimate.toFixed(4)} with ${JSON.stringify(best.setting)}`)
          }
          const {method, budget, seed, 'train-share': trainShare} = flags
          state.tuned = await tuneRetrieval(
            {measure: deps, onTrial},
            {knobs, method, budget, seed, trainShare, queries},
          )
        },
      },
    ],
    {resumed: 0},
  )
  const result = resultOf(runtime, flags, state, {
    folder,
    base_sha256,
    reranker_used: state.tuned!.front.some(({test}) => test.asked > 0),
  })
  await writeFileAtomically(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
  recordResult(runtime, result, config.values)
  return result
}

function judgedIds({queries, qrels}: Collection): string[] {
  const ids = queries.filter(({id}) => qrels.has(id)).map(({id}) => id)
  if (ids.length >= 4) return ids
  throw badDataError('RAG_TOO_FEW_QUERIES', `${ids.length} judged queries cannot be split into training and test`, [
    'label at least four; a gain that can be told from chance needs dozens',
  ])
}

function trialDeps(
  runtime: Runtime,
  flags: TuneFlags,
  {
    collection,
    log,
    values,
    measure,
  }: {collection: Collection; log: TrialLog<Trial>; values: ConfigValues; measure: ReturnType<typeof parseMeasure>},
): TuneDeps['measure'] {
  const {signal, clock, settings} = runtime
  const {corpus, qrels} = collection
  const byId = new Map(collection.queries.map(query => [query.id, query]))
  return (setting, part, ids) =>
    log.remember(hashOf([setting, part, ids]), () => {
      const {retrieval, reranker} = configSettings(withSetting(values, setting))
      const deps = {
        clock,
        signal,
        search: corpus.searcher(retrieval.bm25),
        textOf: (id: string) => corpus.textOf(id),
        reranker: createReranker(reranker, {settings, signal, env: process.env, rerankUrl: flags['rerank-url']}),
        onFallback: countFallbacks(runtime),
        onProgress: () => undefined,
      }
      const queries = ids.map(id => byId.get(id)!)
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

function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function resultOf(
  {run, clock}: Runtime,
  {measure, method, seed, repeats}: TuneFlags,
  {tuned, resumed}: State,
  rest: Pick<TuningResult, 'folder' | 'base_sha256' | 'reranker_used'>,
): TuningResult {
  const {settings, space, queries, current, front, best} = tuned!
  return {
    run_id: run.run_id,
    finished_at: clock.now().toISOString(),
    measure,
    method,
    seed,
    repeats,
    space,
    tried: {settings, resumed},
    queries,
    ...rest,
    current,
    front,
    best,
  }
}

function recordResult(runtime: Runtime, {front, best, folder}: TuningResult, values: ConfigValues): void {
  const {test, gain} = front[0]!
  const {reranker} = configSettings(values)
  const ratio = test.variance_ratio
  if (ratio)
    runtime.metrics.bind(ragMetrics).varianceRatio.set({window: String(reranker.variance_window)}, ratio.estimate)
  runtime.describeRun({rag_tune: {folder, best, quality: test.quality, gain, variance_ratio: ratio}})
}
