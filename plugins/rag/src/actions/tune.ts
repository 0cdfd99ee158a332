import {join, resolve} from 'node:path'
import {printUrl} from '@ep23/llm'
import {badDataError, type Runtime, type StepReport, usageError, numbersMessage} from '@ep23/sdk'
import {readConfigFile} from '../adapters/config-files.js'
import {readTextNamed} from '../adapters/collection-files.js'
import {TrialLog, TUNING_FOLDER, writeResult} from '../adapters/tuning-folder.js'
import {configSettings, type ConfigValues} from '../domain/config-keys.js'
import type {Knob} from '../domain/tuning.js'
import type {ConfigText} from '../domain/config-yaml.js'
import {parseMeasure} from '../formats/measure-notation.js'
import {readTuningSpace} from '../domain/tuning-space-yaml.js'
import {ragMetrics} from '../metrics.js'
import {baseHash} from '../usecases/judge-promotion.js'
import {type TuneDeps, tuneRetrieval, type Tuned} from '../usecases/tune-retrieval.js'
import type {TestedQuery, Trial, TrialView, TuningResult} from '../domain/tuning-result.js'
import {configPath} from './config-in-force.js'
import {hashOf, settingMeasurer} from './measure-settings.js'
import {type RetrievalCollection, openCollection} from './open-collection.js'
import {recordCanary, recordVariance} from './record.js'
import type {TuneFlags} from '../search-flags.js'
import {message} from '../words/words.js'

/** Tunes as the flags say, and writes `result.json` beside the trials. */
export async function tune(runtime: Runtime, flags: TuneFlags): Promise<TuningResult> {
  const config = await readConfigFile(configPath(flags, runtime.settings))
  const knobs = readTuningSpace(flags.space, await readTextNamed(flags.space, 'the tuning space'), config.values)
  checkFlags(flags)
  const tried = await runtime.progress.steps(['Open corpus and queries', 'Try settings'], async ({step}) => {
    const collection = await step('Open corpus and queries', () => openCollection(flags, runtime))
    return step('Try settings', report => trySettings(runtime, flags, {config, knobs, collection, report}))
  })
  const result = resultOf(runtime, flags, tried, baseHash(config.values))
  await writeResult(result, testedQueries(tried))
  recordResult(runtime, result, config.values)
  return result
}

/** What is wrong without a look at any file is said before any work. */
function checkFlags({measure, output, 'train-share': trainShare}: TuneFlags): void {
  parseMeasure(measure)
  if (output?.trim() === '') throw usageError(message('outputBlank'), [message('nameOneOrLeave')])
  if (trainShare === 0 || trainShare === 1)
    throw usageError(
      message('trainShare', {share: trainShare, purpose: trainShare === 0 ? message('toChooseOn') : message('toTest')}),
      [message('shareBetween')],
    )
}

interface Trying {
  config: ConfigText
  knobs: readonly Knob[]
  collection: RetrievalCollection
  report: StepReport
}

interface Tried {
  tuned: Tuned
  collection: RetrievalCollection
  folder: string
  /** Trials of an earlier, interrupted run. */
  resumed: number
}

async function trySettings(
  runtime: Runtime,
  flags: TuneFlags,
  {config, knobs, collection, report}: Trying,
): Promise<Tried> {
  const queries = judgedIds(collection)
  const question = questionOf(runtime, flags, {config, knobs, collection})
  const folder = resolve(flags.output ?? join(TUNING_FOLDER, question.slice(0, 12)))
  const log = await TrialLog.open<Trial>(folder, question)
  const resumed = log.size
  const {values} = config
  const measure = settingMeasurer(runtime, flags, {collection, log, values, measure: parseMeasure(flags.measure)})
  const onTrial = reportTrials(runtime, flags, report)
  const {method, budget, seed, 'train-share': trainShare} = flags
  const tuned = await tuneRetrieval({measure, onTrial}, {knobs, method, budget, seed, trainShare, queries})
  return {tuned, collection, folder, resumed}
}

function reportTrials({metrics}: Runtime, {measure}: TuneFlags, report: StepReport): TuneDeps['onTrial'] {
  const {tuningBest} = metrics.bind(ragMetrics)
  return (done, expected, best) => {
    tuningBest.set({metric: measure}, best.quality.estimate)
    report.advance(done, expected, 'settings')
    report.note(
      message('bestSoFar', {
        quality: numbersMessage(best.quality.estimate.toFixed(4)),
        setting: JSON.stringify(best.setting),
      }),
    )
  }
}

/** Changed whenever trials are written otherwise, so that older ones are not taken over. */
const TRIAL_FORM = 3

/** What was asked, whole: a folder holds one run with one result, and another question would replace it. */
function questionOf(
  {settings}: Runtime,
  flags: TuneFlags,
  {config, knobs, collection: {corpus, queries, qrels}}: Omit<Trying, 'report'>,
): string {
  const {signature, ids, hashes} = corpus.indexing.index
  return hashOf([
    TRIAL_FORM,
    config.text,
    knobs,
    [flags.method, flags.budget, flags['train-share']],
    [
      flags.measure,
      flags.repeats,
      flags.seed,
      ...[settings.llmUrl, flags['rerank-url'], flags['embeddings-url']].map(url => (url ? printUrl(url) : null)),
    ],
    [signature, ids, Buffer.from(hashes).toString('base64')],
    queries,
    Array.from(qrels, ([query, judged]) => [query, [...judged]]),
  ])
}

function judgedIds({queries, qrels}: RetrievalCollection): string[] {
  const ids = queries.filter(({id}) => qrels.has(id)).map(({id}) => id)
  if (ids.length >= 4) return ids
  throw badDataError('RAG_TOO_FEW_QUERIES', message('cannotSplit', {queries: ids.length}), [message('labelMore')])
}

function resultOf(
  {run, clock}: Runtime,
  {measure, method, seed, repeats}: TuneFlags,
  {tuned, resumed, folder, collection: {relevant}}: Tried,
  base_sha256: string,
): TuningResult {
  const {settings, space, queries, current, front, best} = tuned
  return {
    run_id: run.run_id,
    finished_at: clock.now().toISOString(),
    measured_since: earliest([current, ...front.flatMap(({train, test}) => [train, test])]),
    folder,
    measure,
    method,
    seed,
    repeats,
    space,
    tried: {settings, resumed},
    queries,
    relevant,
    base_sha256,
    reranker_used: front.some(({test}) => test.asked > 0),
    current,
    front,
    best,
  }
}

function earliest(views: readonly TrialView[]): string {
  return views.map(({measured_at}) => measured_at).reduce((first, other) => (other < first ? other : first))
}

function testedQueries({collection, tuned}: Tried): TestedQuery[] {
  const texts = new Map(collection.queries.map(({id, text}) => [id, text]))
  return tuned.tested.map(({query, ...values}) => ({query, text: texts.get(query) ?? '', ...values}))
}

function recordResult(runtime: Runtime, {front, best, folder}: TuningResult, values: ConfigValues): void {
  const [{test, gain}] = front
  const {reranker} = configSettings(values)
  const ratio = test.variance_ratio
  if (ratio) recordVariance(runtime, reranker.variance_window, ratio)
  recordCanary(runtime, values)
  runtime.describeRun({rag_tune: {folder, best, quality: test.quality, gain, variance_ratio: ratio}})
}
