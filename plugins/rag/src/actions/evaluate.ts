import {assertReplaceable, type Runtime, type StepReport, type Message} from '@ep23/sdk'
import {requireOutputFile, writeRuns} from '../adapters/collection-files.js'
import {effectiveValues} from '../domain/config-keys.js'
import type {Reranker} from '../domain/model-ports.js'
import {parseMeasure} from '../formats/measure-notation.js'
import type {Measure} from '../measures/ranking/measure.js'
import {candidateCount} from '../retrieval/retrieval-config.js'
import {
  type EvaluateDeps,
  type Evaluation,
  type EvaluationTask,
  evaluateRetrieval,
} from '../usecases/evaluate-retrieval.js'
import type {EvaluationReport} from '../usecases/evaluation-report.js'
import {gapsOf} from '../usecases/render-evaluation.js'
import {type ConfigInForce, configInForce, withFlags, configPath} from './config-in-force.js'
import {countFallbacks, recordVariance} from './record.js'
import {createReranker, type FirstStage, firstStages} from './search-stages.js'
import {type RetrievalCollection, openCollection} from './open-collection.js'
import type {EvaluateFlags} from '../search-flags.js'
import {message} from '../words/words.js'

const RUN_TAG = 'ep23'

/** Puts files, store, index and reranker together, evaluates, and records what was found. */
export async function evaluate(
  runtime: Runtime,
  flags: EvaluateFlags,
): Promise<{report: EvaluationReport; warnings: Message[]}> {
  const measures = flags.measures.split(/,(?![^(]*\))/u).map(parseMeasure)
  if (flags.output !== undefined) {
    await requireOutputFile(flags.output, '--output')
    await assertReplaceable(flags.output, isOwnRun)
  }
  const config = withFlags(await configInForce(configPath(flags, runtime.settings)), flags)
  const reranker = rerankerFor(runtime, flags, config)
  const evaluated = await evaluateInSteps(runtime, flags, {measures, config, reranker})
  const report = reportOf(evaluated, config, reranker?.name ?? 'off')
  recordResult(runtime, report, config)
  return {report, warnings: warningsOf(report)}
}

/** Whether a file begins with a line of a run as it is written here. */
function isOwnRun(beginning: Buffer): boolean {
  return new RegExp(String.raw`^\S+ Q0 \S+ \d+ \S+ ${RUN_TAG}\n`, 'u').test(beginning.toString('utf8'))
}

function rerankerFor({settings, signal}: Runtime, flags: EvaluateFlags, config: ConfigInForce): Reranker | undefined {
  const rerankUrl = flags['rerank-url']
  return createReranker(config.settings.reranker, {settings, signal, env: process.env, rerankUrl})
}

interface Setup {
  measures: readonly Measure[]
  config: ConfigInForce
  reranker: Reranker | undefined
}

interface Evaluated {
  collection: RetrievalCollection
  firstStage: FirstStage
  evaluation: Evaluation
  files: string[]
}

function evaluateInSteps(runtime: Runtime, flags: EvaluateFlags, setup: Setup): Promise<Evaluated> {
  const {output} = flags
  const {retrieval} = setup.config.settings
  return runtime.progress.steps(
    ['Open corpus and queries', 'Prepare the search', 'Answer the queries and measure', 'Write the run'],
    async ({step, skip}) => {
      const collection = await step('Open corpus and queries', () => openCollection(flags, runtime))
      const firstStage = await step('Prepare the search', report =>
        firstStages(runtime, flags, collection)(retrieval, report),
      )
      const evaluation = await step('Answer the queries and measure', report =>
        evaluateRetrieval(
          evaluateDeps(runtime, {collection, firstStage, reranker: setup.reranker, report}),
          evaluationTask(flags, setup, collection),
        ),
      )
      const runs = evaluation.repeats.map(({run}) => run)
      const files =
        output === undefined
          ? skip('Write the run', 'no --output')
          : await step('Write the run', () => writeRuns(output, runs, RUN_TAG))
      return {collection, firstStage, evaluation, files: files ?? []}
    },
  )
}

interface Searching {
  collection: RetrievalCollection
  firstStage: FirstStage
  reranker: Reranker | undefined
  report: StepReport
}

function evaluateDeps(runtime: Runtime, {collection: {corpus}, firstStage, reranker, report}: Searching): EvaluateDeps {
  return {
    clock: runtime.clock,
    signal: runtime.signal,
    search: firstStage.search,
    textOf: id => corpus.textOf(id),
    reranker,
    onFallback: countFallbacks(runtime),
    onProgress: (done, total) => report.advance(done, total, 'queries'),
  }
}

function evaluationTask(
  {runs, depth, seed}: EvaluateFlags,
  {measures, config}: Setup,
  {queries, qrels}: RetrievalCollection,
): EvaluationTask {
  const {retrieval} = config.settings
  const [candidates, delivered] = [candidateCount(retrieval), retrieval.top_k]
  return {queries, qrels, measures, runs, depth, candidates, delivered, seed}
}

function reportOf(
  {collection: {corpus, relevant}, firstStage, evaluation, files}: Evaluated,
  {path, values}: ConfigInForce,
  reranker: string,
): EvaluationReport {
  const {repeats: _, ...measured} = evaluation
  const {index, analysed, unchanged, removed} = corpus.indexing
  return {
    corpus: {source: corpus.source, documents: corpus.documents},
    index: {signature: index.signature, path: corpus.indexPath, analysed, unchanged, removed},
    config: {path, settings: effectiveValues(values)},
    embeddings: firstStage.embeddings,
    reranker,
    run_files: files,
    relevant,
    ...measured,
  }
}

function recordResult(runtime: Runtime, report: EvaluationReport, {settings}: ConfigInForce): void {
  const ratio = report.repeatability?.variance_ratio?.ratio
  if (ratio) recordVariance(runtime, settings.reranker.variance_window, ratio)
  runtime.describeRun({
    rag: {
      corpus: report.corpus,
      config: report.config,
      embeddings: report.embeddings,
      reranker: report.reranker,
      runs: report.runs,
      queries: report.queries,
      measures: report.measures,
      fallbacks: report.fallbacks,
      variance_ratio: ratio ? {estimate: ratio.estimate, low: ratio.low, high: ratio.high} : null,
    },
  })
}

function warningsOf({fallbacks, queries, relevant}: EvaluationReport): Message[] {
  return [
    ...gapsOf({queries, relevant}),
    ...(fallbacks.total === 0
      ? []
      : [message('repliesUnusable', {unusable: fallbacks.total, asked: fallbacks.queries_asked})]),
  ]
}
