import {appendFile} from 'node:fs/promises'
import {join} from 'node:path'

import {
  badDataError,
  type CommandResult,
  type Runtime,
  readTextFile,
  usageError,
  writeFileAtomically,
  verbatim,
} from '@ep23/sdk'

import {assertApi, type Forge, requestHead, putComment} from '../adapters/forge-comments.js'
import {findRun} from '../adapters/runs-directory.js'
import {commentMarkdown, commentMarker} from '../usecases/compare/comment-markdown.js'
import {compareWith} from './compare.js'
import {message} from '../words/words.js'

export interface CommentFlags {
  baseline?: string | undefined
  artifact?: string | undefined
  send?: string | undefined
  forge?: string | undefined
  api?: string | undefined
  project?: string | undefined
  number?: number | undefined
}

/** `benchmark:comment --json`. */
export interface CommentReport {
  outcome: 'created' | 'updated' | 'artifact'
  scenario: string
  number: number | null
  characters: number
  artifact: string | null
}

/** What a fork's job leaves behind for one that may write. */
interface Artifact {
  scenario: string
  head_sha: string | null
  number: number | null
}

/** `benchmark:comment`: compares, and comments, or leaves the comment for a job that may. */
export async function comment(
  runtime: Runtime,
  run: string | undefined,
  flags: CommentFlags,
): Promise<CommandResult<CommentReport>> {
  if (flags.send !== undefined) return sendArtifact(runtime, flags.send, flags)
  if (run === undefined || flags.baseline === undefined)
    throw usageError(message('nameRunAndBaseline'), [verbatim('ep23 benchmark:comment latest --baseline main')])
  const {datasetDir} = runtime.settings
  const {result} = await compareWith(datasetDir, flags.baseline, await findRun(datasetDir, run), 'source')
  const text = await commentMarkdown(result, runtime.settings.lang)
  await writeJobSummary(text)
  const event = await readEvent()
  if (flags.artifact !== undefined || event.isFork)
    return leaveArtifact(flags.artifact ?? 'benchmark-comment', text, {
      ...{scenario: result.scenario, head_sha: event.head_sha},
      number: flags.number ?? event.number,
    })
  const forge = openForge(runtime, flags, flags.number ?? event.number)
  const outcome = await putComment(forge, commentMarker(result.scenario), text)
  return report({outcome, scenario: result.scenario, number: forge.number, characters: text.length, artifact: null})
}

async function leaveArtifact(folder: string, text: string, artifact: Artifact): Promise<CommandResult<CommentReport>> {
  await writeFileAtomically(join(folder, 'comment.md'), text)
  await writeFileAtomically(join(folder, 'comment.json'), `${JSON.stringify(artifact)}\n`)
  const {scenario, number} = artifact
  return report({outcome: 'artifact', scenario, number, characters: text.length, artifact: folder})
}

/**
 * What a fork's job wrote is data of a stranger: it is sent as it is, and only to the request whose head it was made for. In a
 * workflow_run that head is GitHub's word, not the stranger's. On a machine that knows of no commit nothing can be held against it.
 */
async function sendArtifact(
  runtime: Runtime,
  folder: string,
  flags: CommentFlags,
): Promise<CommandResult<CommentReport>> {
  const text = await readTextFile(join(folder, 'comment.md'))
  const {scenario, head_sha: claimed, number} = parseArtifact(await readTextFile(join(folder, 'comment.json')), folder)
  const marker = commentMarker(scenario)
  if (!text.startsWith(`${marker}\n`) || text.length > 65_536) throw noComment(folder)
  const event = await readEvent()
  const forge = openForge(runtime, flags, flags.number ?? number ?? event.number)
  const made = event.head_sha ?? claimed
  if (made !== null) await assertCurrent(forge, made, folder)
  const outcome = await putComment(forge, marker, text)
  const sent = report({outcome, scenario, number: forge.number, characters: text.length, artifact: folder})
  return made === null ? {...sent, warnings: [message('commitUnknown', {folder})]} : sent
}

async function assertCurrent(forge: Forge, made: string, folder: string): Promise<void> {
  const head = await requestHead(forge)
  if (head === made) return
  throw badDataError('BENCHMARK_STALE_COMMENT', message('otherCommit', {folder, made, head}), [message('newerCommit')])
}

function parseArtifact(text: string, folder: string): Artifact {
  try {
    const {scenario, head_sha, number} = JSON.parse(text) as Artifact
    const isHead = head_sha === null || typeof head_sha === 'string'
    const isNumber = number === null || Number.isSafeInteger(number)
    if (typeof scenario === 'string' && isHead && isNumber) return {scenario, head_sha, number}
  } catch {
    // Told below: whatever it is, it is none of ours.
  }
  throw noComment(folder)
}

function noComment(folder: string): Error {
  return badDataError('BENCHMARK_BAD_COMMENT', message('noCommentIn', {folder}), [message('makeArtifact')])
}

function report(data: CommentReport): CommandResult<CommentReport> {
  const {outcome, number, artifact} = data
  const text =
    outcome === 'artifact'
      ? message('commentLies', {artifact: String(artifact)})
      : message('commentOf', {number: number ?? 0, outcome})
  return {data, text: [text]}
}

function openForge({signal}: Runtime, flags: CommentFlags, number: number | null): Forge {
  const kind = flags.forge === 'gitlab' || (flags.forge === undefined && process.env['GITLAB_CI']) ? 'gitlab' : 'github'
  const isGithub = kind === 'github'
  const given = isGithub
    ? {api: process.env['GITHUB_API_URL'] ?? 'https://api.github.com', project: process.env['GITHUB_REPOSITORY']}
    : {api: process.env['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4', project: process.env['CI_PROJECT_ID']}
  const token = isGithub ? process.env['GITHUB_TOKEN'] : process.env['GITLAB_TOKEN']
  if (!token) throw usageError(message('tokenNeeded', {variable: isGithub ? 'GITHUB_TOKEN' : 'GITLAB_TOKEN'}))
  const project = flags.project ?? given.project
  if (!project) throw usageError(message('nameRepository'))
  if (number === null) throw usageError(message('nameRequest'))
  const api = flags.api ?? given.api
  assertApi(api)
  return {kind, api, project, number, token, signal}
}

interface RequestEvent {
  number: number | null
  head_sha: string | null
  /** Its branch is another repository's: the token may not write. */
  isFork: boolean
}

interface GithubEvent {
  workflow_run?: {head_sha: string}
  pull_request?: {
    number: number
    head: {sha: string; repo: {full_name: string} | null}
    base: {repo: {full_name: string}}
  }
}

/** What GitHub or GitLab says of the request, or of the run, that started the job; nothing of it elsewhere. */
async function readEvent(): Promise<RequestEvent> {
  const file = process.env['GITHUB_EVENT_PATH']
  const {pull_request: request, workflow_run: run} = file ? (JSON.parse(await readTextFile(file)) as GithubEvent) : {}
  if (request === undefined)
    return {
      number: mergeRequestNumber(),
      head_sha: run?.head_sha ?? process.env['CI_COMMIT_SHA'] ?? null,
      isFork: false,
    }
  const isFork = request.head.repo?.full_name !== request.base.repo.full_name
  return {number: request.number, head_sha: request.head.sha, isFork}
}

/** Of the job of GitLab that this is. */
function mergeRequestNumber(): number | null {
  const number = Number(process.env['CI_MERGE_REQUEST_IID'] || Number.NaN)
  return Number.isSafeInteger(number) ? number : null
}

async function writeJobSummary(text: string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file) await appendFile(file, text)
}
