import {
  assertReplaceable,
  badDataError,
  type CommandResult,
  type Runtime,
  usageError,
  writeFileAtomically,
  type Message,
} from '@ep23/sdk'
import {type StoredPost, storedPosts} from '../adapters/stored-corpus.js'
import {llmQueryWriter} from '../adapters/llm-query-writer.js'
import {requireOutputFile} from '../adapters/collection-files.js'
import type {QueryWriter} from '../domain/model-ports.js'
import {type QueryCandidate, queryCandidates, type ModelQueries, writeQueries} from '../usecases/query-candidates.js'
import type {QueriesFlags} from '../flags.js'
import {message} from '../words/words.js'

export interface BuiltQueries {
  path: string
  posts: number
  candidates: number
  seed: number
  from_titles: number
  /** Null when no model was asked. */
  by_model: (Omit<ModelQueries, 'candidates'> & {model: string; prompt: string; candidates: number}) | null
}

/** Takes candidates from titles and, when a model is named, from what it thinks of; nothing of them counts as made by people. */
export async function buildQueries(runtime: Runtime, flags: QueriesFlags): Promise<CommandResult<BuiltQueries>> {
  await requireOutputFile(flags.output, '--output')
  await assertReplaceable(flags.output, isOwnQueries)
  const writer = writerOf(runtime, flags)
  const candidates = await collectCandidates(runtime, flags, writer)
  const lines = linesOf(candidates)
  if (lines.length === 0) throw noCandidates(runtime, candidates.byModel)
  await writeFileAtomically(flags.output, `${lines.join('\n')}\n`)
  const data = builtQueries(flags, candidates)
  runtime.describeRun({rag_queries: data})
  return {data, text: textOf(data)}
}

/** What a model thought of, with the model's name and the version of its prompt. */
type ByModel = ModelQueries & Pick<QueryWriter, 'model' | 'prompt'>

interface Candidates {
  posts: number
  titles: QueryCandidate[]
  byModel: ByModel | undefined
}

function collectCandidates(
  runtime: Runtime,
  {titles: hasTitles, limit, seed}: QueriesFlags,
  writer: QueryWriter | undefined,
): Promise<Candidates> {
  return runtime.progress.steps(
    ['Read the posts', 'Take titles and first sentences', 'Ask the model'],
    async ({step, skip}) => {
      const posts = await step('Read the posts', () => requirePosts(runtime))
      const titles = hasTitles
        ? await step('Take titles and first sentences', () => queryCandidates(posts, limit, seed))
        : skip('Take titles and first sentences', '--no-titles')
      const taken = (titles ?? []).map(({text}) => text)
      const made = writer
        ? await step('Ask the model', report =>
            writeQueries(writer, posts, {limit, seed, taken}, (done, all) => report.advance(done, all, 'queries')),
          )
        : skip('Ask the model', 'no --model')
      const byModel = writer && made && {...made, model: writer.model, prompt: writer.prompt}
      return {posts: posts.length, titles: titles ?? [], byModel}
    },
  )
}

function linesOf({titles, byModel}: Candidates): string[] {
  const fromTitles = titles.map(candidate => lineOf(candidate, {origin: 'title'}))
  if (byModel === undefined) return fromTitles
  const {model, prompt, candidates} = byModel
  return [...fromTitles, ...candidates.map(candidate => lineOf(candidate, {origin: 'model', model, prompt}))]
}

function builtQueries({output, seed}: QueriesFlags, {posts, titles, byModel}: Candidates): BuiltQueries {
  const written = byModel?.candidates.length ?? 0
  return {
    path: output,
    posts,
    candidates: titles.length + written,
    seed,
    from_titles: titles.length,
    by_model: byModel ? {...byModel, candidates: written} : null,
  }
}

function writerOf({settings, signal}: Runtime, flags: QueriesFlags): QueryWriter | undefined {
  const {model, temperature, seed, titles, 'timeout-seconds': timeoutSeconds} = flags
  if (model === undefined && !titles) throw usageError(message('noCandidates'), [message('nameModel')])
  if (model === undefined) return undefined
  if (model.trim() === '') throw usageError(message('modelBlank'), [message('nameServerModel')])
  const {llmUrl: url, llmApiKey: apiKey} = settings
  return llmQueryWriter({url, apiKey, model, temperature, seed, timeoutSeconds, signal})
}

async function requirePosts({store}: Runtime): Promise<StoredPost[]> {
  const posts = await storedPosts(store)
  if (posts.length > 0) return posts
  throw badDataError('RAG_CORPUS_EMPTY', message('storeHasNoPosts', {location: store.location}), [message('fillStore')])
}

/** Beside its text a candidate says where it comes from: a query by a machine must not pass for one by a person. */
function lineOf({id, text, post}: QueryCandidate, source: Record<string, string>): string {
  return JSON.stringify({_id: id, text, metadata: {post, ...source}})
}

/** Whether a file begins with a candidate, as `lineOf` writes it. */
function isOwnQueries(beginning: Buffer): boolean {
  return /^\{"_id":"[cm]\d+","text":[^\n]*"metadata":\{"post":"[^\n]*","origin":"(?:title|model)"/u.test(
    beginning.toString('utf8'),
  )
}

function noCandidates({store}: Runtime, made: ModelQueries | undefined): Error {
  return badDataError(
    'RAG_NO_CANDIDATES',
    made === undefined
      ? message('noTitledPosts', {location: store.location})
      : message('noUsableQuery', {posts: made.asked, unusable: unusableOf(made)}),
    made === undefined ? [message('haveModelWrite')] : [message('strongerModel')],
  )
}

function textOf({path, posts, candidates, from_titles, by_model}: BuiltQueries): Message[] {
  return [
    message('candidatesMade', {candidates, posts, path}),
    ...(by_model === null
      ? []
      : [
          message('candidatesFrom', {
            titles: from_titles,
            candidates: by_model.candidates,
            model: by_model.model,
            asked: by_model.asked,
            repaired: by_model.repaired,
            unusable: unusableOf(by_model),
            duplicates: by_model.duplicates,
          }),
        ]),
    message('judgeAnswers'),
  ]
}

function unusableOf({unusable: {refused, empty, unreadable}}: Pick<ModelQueries, 'unusable'>): string {
  return `${refused} refused, ${empty} empty, ${unreadable} unreadable`
}
