import {badDataError, interruptedError, type Message, type Runtime, usageError} from '@ep23/sdk'
import {readQueriesFile, keepLabel, readQrelsIfPresent, requireOutputFile} from '../adapters/collection-files.js'
import {openFullScreen} from '@ep23/sdk/full-screen'
import {analyserOf} from '../retrieval/analysers.js'
import type {Query} from '../formats/corpus.js'
import {isPlainId} from '../formats/trec.js'
import {matchedWords} from '../retrieval/analyser.js'
import {labelDocuments} from '../usecases/label-documents.js'
import {labelWords} from '../usecases/label-screen.js'
import {Labelling, type PooledQuery, poolQueries} from '../usecases/labelling.js'
import {configInForce, withFlags, configPath} from './config-in-force.js'
import {firstStages} from './search-stages.js'
import {type Corpus, openCorpus} from './open-collection.js'
import type {LabelFlags} from '../search-flags.js'
import {message} from '../words/words.js'

export interface LabelReport {
  path: string
  queries: number
  /** Queries for which nothing was found. */
  queries_without_documents: number
  pairs: number
  /** Judgements of this session. */
  made: number
  judged: number
  left: number
}

interface Opened {
  corpus: Corpus
  pooled: PooledQuery[]
  queries: Query[]
  labelling: Labelling
}

/** Has a person judge what the searches find, pair by pair; every judgement is on the disk before the next pair is shown. */
export async function label(runtime: Runtime, flags: LabelFlags): Promise<LabelReport> {
  requireTerminal()
  const {corpus, queries, pooled, labelling} = await openPool(runtime, flags)
  const {made, interrupted} = await labelInTerminal(runtime, flags, corpus, labelling)
  const report = {
    path: flags.qrels,
    queries: pooled.length,
    queries_without_documents: queries.length - pooled.length,
    pairs: labelling.pairs.length,
    made,
    judged: labelling.judged,
    left: labelling.pairs.length - labelling.judged,
  }
  runtime.describeRun({rag_label: report})
  if (interrupted) throw interruptedError(message('judgementsKept', {made, qrels: flags.qrels}))
  return report
}

function requireTerminal(): void {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY && process.env['TERM'] !== 'dumb'
  if (isTerminal) return
  throw usageError(message('labellingNeedsTerminal'), [message('runInTerminal'), message('writeJudgements')])
}

async function openPool(runtime: Runtime, flags: LabelFlags): Promise<Opened> {
  const {retrieval} = withFlags(await configInForce(configPath(flags, runtime.settings)), flags).settings
  await requireOutputFile(flags.qrels, '--qrels')
  const judged = await readQrelsIfPresent(flags.qrels)
  const queries = await readQueriesFile(flags.queries)
  requirePlainIds(
    message('queryId'),
    queries.map(({id}) => id),
  )
  const {corpus, pooled} = await runtime.progress.steps(
    ['Open the corpus', 'Search what is to be judged'],
    async ({step}) => {
      const corpus = await step('Open the corpus', () => openCorpus(flags, runtime))
      const pooled = await step('Search what is to be judged', async report => {
        const {searches} = await firstStages(runtime, flags, {corpus, queries})(retrieval, report)
        return poolQueries(queries, searches, {depth: flags.pool, judged, has: id => corpus.has(id)})
      })
      return {corpus, pooled}
    },
  )
  if (pooled.length === 0)
    throw badDataError('RAG_NOTHING_FOUND', message('nothingFound', {queries: flags.queries}), [
      message('checkQueries'),
    ])
  requirePlainIds(
    message('documentId'),
    pooled.flatMap(({documents}) => documents),
  )
  return {corpus, queries, pooled, labelling: new Labelling(pooled, judged)}
}

function labelInTerminal(runtime: Runtime, {qrels, language}: LabelFlags, corpus: Corpus, labelling: Labelling) {
  const {settings, signal} = runtime
  const analyser = analyserOf(language)
  const terminal = openFullScreen({input: process.stdin, output: process.stderr, signal})
  return labelDocuments(
    {
      terminal,
      save: change => keepLabel(qrels, change),
      textOf: id => corpus.textOf(id),
      matchesOf: (text, query) => matchedWords(text, query, analyser),
      words: labelWords(settings.lang),
      hasColour: !process.env['NO_COLOR'],
    },
    labelling,
  ).finally(() => terminal.close())
}

/** Before anybody judges: one judgement that cannot be read again makes the whole file unreadable. */
function requirePlainIds(what: Message, ids: readonly string[]): void {
  const odd = ids.find(id => !isPlainId(id))
  if (odd === undefined) return
  throw badDataError('RAG_QRELS_UNWRITABLE', message('notInQrels', {what, id: JSON.stringify(odd)}), [
    message('idsWithoutSpaces'),
  ])
}
