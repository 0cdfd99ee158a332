import type {Runtime} from '@ep23/sdk'
import {requireOutputFile, writeRuns} from '../adapters/collection-files.js'
import {effectiveValues} from '../domain/config-keys.js'
import {parseMeasure} from '../formats/measure-notation.js'
import {candidateCount} from '../retrieval/retrieval-config.js'
import {type Evaluation, evaluateRetrieval} from '../usecases/evaluate-retrieval.js'
import type {EvaluationReport} from '../usecases/evaluation-report.js'
import {gapsOf} from '../usecases/render-evaluation.js'
import {type ConfigInForce, configInForce, withFlags, configPath} from './config-in-force.js'
import {countFallbacks, recordVariance} from './record.js'
import {createReranker, type FirstStage, firstStages} from './search-stages.js'
import {type RetrievalCollection, type CollectionFlags, openCollection} from './open-collection.js'

export interface EvaluateFlags extends CollectionFlags {
  config: string | undefined
  'rag-config': string | undefined
  'rerank-url': string | undefined
  'embeddings-model': string | undefined
  'embeddings-url': string | undefined
  'fresh-embeddings': boolean
  fusion: string | undefined
  measures: string
  runs: number
  depth: number
  seed: number
  output: string | undefined
}

interface State {
  collection?: RetrievalCollection
  firstStage?: FirstStage
  evaluation?: Evaluation
  files: string[]
}

/** Puts files, store, index and reranker together, evaluates, and records what was found. */
export async function evaluate(
  runtime: Runtime,
  flags: EvaluateFlags,
): Promise<{report: EvaluationReport; warnings: string[]}> {
  const measures = flags.measures.split(/,(?![^(]*\))/u).map(parseMeasure)
  if (flags.output !== undefined) await requireOutputFile(flags.output, '--output')
  const config = withFlags(await configInForce(configPath(flags, runtime.settings)), flags)
  const {settings, signal} = runtime
  const reranker = createReranker(config.settings.reranker, {
    settings,
    signal,
    env: process.env,
    rerankUrl: flags['rerank-url'],
  })
  const state = await runtime.progress.run<State>(
    [
      {
        title: 'Open corpus and queries',
        run: async state => void (state.collection = await openCollection(flags, runtime)),
      },
      {
        title: 'Prepare the search',
        async run(state, report) {
          state.firstStage = await firstStages(runtime, flags, state.collection!)(config.settings.retrieval, report)
        },
      },
      {
        title: 'Answer the queries and measure',
        async run(state, report) {
          const {corpus, queries, qrels} = state.collection!
          const {retrieval} = config.settings
          state.evaluation = await evaluateRetrieval(
            {
              clock: runtime.clock,
              signal,
              search: state.firstStage!.search,
              textOf: id => corpus.textOf(id),
              reranker,
              onFallback: countFallbacks(runtime),
              onProgress: (done, total) => report.advance(done, total, 'queries'),
            },
            {
              queries,
              qrels,
              measures,
              runs: flags.runs,
              depth: flags.depth,
              candidates: candidateCount(retrieval),
              delivered: retrieval.top_k,
              seed: flags.seed,
            },
          )
        },
      },
      {
        title: 'Write the run',
        skip: () => (flags.output === undefined ? 'no --output' : undefined),
        run: async state =>
          void (state.files = await writeRuns(
            flags.output!,
            state.evaluation!.repeats.map(({run}) => run),
            'ep23',
          )),
      },
    ],
    {files: []},
  )
  const report = reportOf(state, config, reranker?.name ?? 'off')
  recordResult(runtime, report, config)
  return {report, warnings: warningsOf(report)}
}

function reportOf(
  {collection, firstStage, evaluation, files}: State,
  {path, values}: ConfigInForce,
  reranker: string,
): EvaluationReport {
  const {corpus, relevant} = collection!
  const {repeats: _, ...measured} = evaluation!
  const {index, analysed, unchanged, removed} = corpus.indexing
  return {
    corpus: {source: corpus.source, documents: corpus.documents},
    index: {signature: index.signature, path: corpus.indexPath, analysed, unchanged, removed},
    config: {path, settings: effectiveValues(values)},
    embeddings: firstStage!.embeddings,
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

function warningsOf({fallbacks, queries, relevant}: EvaluationReport): string[] {
  return [
    ...gapsOf({queries, relevant}),
    ...(fallbacks.total === 0
      ? []
      : [
          `${fallbacks.total} of ${fallbacks.queries_asked} replies of the reranker could not be used: those queries kept the order of the first stage, so the means mix both`,
        ]),
  ]
}
