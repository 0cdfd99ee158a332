import {badDataError, type CommandResult, type Runtime, usageError, writeFileAtomically} from '@ep23/sdk'
import {type StoredPost, storedPosts} from '../adapters/stored-corpus.js'
import {llmQueryWriter} from '../adapters/llm-query-writer.js'
import {requireOutputFile} from '../adapters/collection-files.js'
import type {QueryWriter} from '../domain/model-ports.js'
import {type QueryCandidate, queryCandidates, type ModelQueries, writeQueries} from '../usecases/query-candidates.js'

export interface BuildFlags {
  output: string
  limit: number
  seed: number
  titles: boolean
  model: string | undefined
  temperature: number
  'timeout-seconds': number
}

export interface BuiltQueries {
  path: string
  posts: number
  candidates: number
  seed: number
  from_titles: number
  /** Null when no model was asked. */
  by_model: (Omit<ModelQueries, 'candidates'> & {model: string; prompt: string; candidates: number}) | null
}

interface State {
  posts: StoredPost[]
  titles: QueryCandidate[]
  made?: ModelQueries
}

/** Takes candidates from titles and, when a model is named, from what it thinks of; nothing of them counts as made by people. */
export async function buildQueries(runtime: Runtime, flags: BuildFlags): Promise<CommandResult<BuiltQueries>> {
  const {limit, seed} = flags
  await requireOutputFile(flags.output, '--output')
  const writer = writerOf(runtime, flags)
  const {posts, titles, made} = await runtime.progress.run<State>(
    [
      {title: 'Read the posts', run: async state => void (state.posts = await requirePosts(runtime))},
      {
        title: 'Take titles and first sentences',
        skip: () => (flags.titles ? undefined : '--no-titles'),
        run: state => void (state.titles = queryCandidates(state.posts, limit, seed)),
      },
      {
        title: 'Ask the model',
        skip: () => (writer ? undefined : 'no --model'),
        async run(state, report) {
          const taken = state.titles.map(({text}) => text)
          state.made = await writeQueries(writer!, state.posts, {limit, seed, taken}, (done, all) =>
            report.advance(done, all, 'queries'),
          )
        },
      },
    ],
    {posts: [], titles: []},
  )
  const lines = [
    ...titles.map(candidate => lineOf(candidate, {origin: 'title'})),
    ...(made?.candidates ?? []).map(candidate =>
      lineOf(candidate, {origin: 'model', model: writer!.model, prompt: writer!.prompt}),
    ),
  ]
  if (lines.length === 0) throw noCandidates(runtime, made)
  await writeFileAtomically(flags.output, `${lines.join('\n')}\n`)
  const data: BuiltQueries = {
    path: flags.output,
    posts: posts.length,
    candidates: lines.length,
    seed,
    from_titles: titles.length,
    by_model:
      writer && made ? {...made, model: writer.model, prompt: writer.prompt, candidates: made.candidates.length} : null,
  }
  runtime.describeRun({rag_queries: data})
  return {data, text: textOf(data)}
}

function writerOf({settings, signal}: Runtime, flags: BuildFlags): QueryWriter | undefined {
  const {model, temperature, seed, titles, 'timeout-seconds': timeoutSeconds} = flags
  if (model === undefined && !titles)
    throw usageError('--no-titles leaves no source of candidates', ['name a model: --model MODEL'])
  if (model === undefined) return undefined
  if (model.trim() === '') throw usageError('--model is blank', ['name a model of the server at LLM_URL'])
  const {llmUrl: url, llmApiKey: apiKey} = settings
  return llmQueryWriter({url, apiKey, model, temperature, seed, timeoutSeconds, signal})
}

async function requirePosts({store}: Runtime): Promise<StoredPost[]> {
  const posts = await storedPosts(store)
  if (posts.length > 0) return posts
  throw badDataError('RAG_CORPUS_EMPTY', `the store ${store.location} holds no posts`, [
    'fill the store: ep23 dataset:seed',
  ])
}

/** Beside its text a candidate says where it comes from: a query by a machine must not pass for one by a person. */
function lineOf({id, text, post}: QueryCandidate, source: Record<string, string>): string {
  return JSON.stringify({_id: id, text, metadata: {post, ...source}})
}

function noCandidates({store}: Runtime, made: ModelQueries | undefined): Error {
  return badDataError(
    'RAG_NO_CANDIDATES',
    made === undefined
      ? `the store ${store.location} holds no post with a title or a short first sentence`
      : `no usable query in the answers about ${made.asked} posts: ${unusableOf(made)}`,
    made === undefined ? ['have a model write queries: --model MODEL'] : ['try a stronger model: --model MODEL'],
  )
}

function textOf({path, posts, candidates, from_titles, by_model}: BuiltQueries): string[] {
  return [
    `${candidates} query candidates of ${posts} posts: ${path}`,
    ...(by_model === null
      ? []
      : [
          `${from_titles} from titles, ${by_model.candidates} by ${by_model.model}, asked about ${by_model.asked} posts (${by_model.repaired} asked twice; left out: ${unusableOf(by_model)}, ${by_model.duplicates} duplicates)`,
        ]),
    'judge what answers them: ep23 rag:label --queries FILE --qrels FILE',
  ]
}

function unusableOf({unusable: {refused, empty, unreadable}}: Pick<ModelQueries, 'unusable'>): string {
  return `${refused} refused, ${empty} empty, ${unreadable} unreadable`
}
