import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {readLines} from '@ep23/plugin-exporters'
import {
  badDataError,
  isMeasured,
  type JudgedSample,
  type Shape,
  shapeProblem,
  systemError,
  errorMessage,
  type Message,
} from '@ep23/sdk'

import type {AnswerLine} from '../domain/answers.js'
import {RUN_FILES, type StoredRun} from '../domain/run-folder.js'
import {RUN_FORMAT, type RunResult} from '../domain/run-result.js'
import type {ReplyLine, SampleLine} from '../domain/sample-line.js'
import {message} from '../words/words.js'

/**
 * Opens the run that lies in a folder.
 * @throws Ep23Error BENCHMARK_FILE_MISSING, BENCHMARK_BAD_RUN (65)
 */
export async function openStoredRun(folder: string): Promise<StoredRun> {
  const run = await readRunResult(join(folder, RUN_FILES.result))
  const linesOf = <T>(name: string): AsyncIterable<T> =>
    run.files.some(file => file.name === name) ? (readJsonLines(join(folder, name)) as AsyncIterable<T>) : nothing()
  return {
    folder,
    run,
    samples: () => readJsonLines(join(folder, RUN_FILES.samples), sampleProblem) as AsyncIterable<SampleLine>,
    records: () => readJsonLines(join(folder, RUN_FILES.dataset), recordProblem) as AsyncIterable<JudgedSample>,
    replies: () => linesOf<ReplyLine>(RUN_FILES.replies),
    answers: () => linesOf<AnswerLine>(RUN_FILES.answers),
  }
}

/** SHA-256 of each record's source text by sample id. */
export async function sourceHashes(records: AsyncIterable<JudgedSample>): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for await (const {sample_id, source_text} of records)
    hashes.set(sample_id, createHash('sha256').update(source_text).digest('hex'))
  return hashes
}

async function readRunResult(path: string): Promise<RunResult> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw systemError(error, path) ?? error
  })
  return checkedRun(parse(text, path), path)
}

function parse(text: string, path: string): Partial<RunResult> {
  try {
    return JSON.parse(text) as Partial<RunResult>
  } catch (error) {
    throw badRun(path, message('isNotJsonBecause', {problem: errorMessage(error)}), error)
  }
}

/** @throws Ep23Error BENCHMARK_BAD_RUN (65) for what is no run of this format */
export function checkedRun(run: Partial<RunResult> | null, path: string): RunResult {
  const format: unknown = run?.format_version
  if (typeof format !== 'number') throw badRun(path, message('noFormatVersion'))
  if (format !== RUN_FORMAT)
    throw badDataError('BENCHMARK_BAD_RUN', message('otherFormat', {path, format, own: RUN_FORMAT}), [
      message('openWithNewer'),
    ])
  const problem = shapeProblem(run, RUN_SHAPE)
  if (problem !== undefined) throw badRun(path, problem)
  return run as RunResult
}

function badRun(path: string, problem: Message, cause?: unknown): Error {
  return badDataError(
    'BENCHMARK_BAD_RUN',
    message('notRun', {path, problem}),
    [message('seeWholeRuns'), message('unpackAgain')],
    cause,
  )
}

async function* nothing(): AsyncGenerator<never> {
  // Only a judge that answers leaves replies, only a writer leaves answers.
}

/** What every command takes for granted of `run.json`, by path. */
const RUN_SHAPE: Shape = [
  ['run_id', 'text'],
  ['fingerprint', 'text'],
  ['finished_at', 'text'],
  ['identity.scenario.name', 'text'],
  ['identity.scenario.sha256', 'text'],
  ['identity.dataset.merkle_root', 'text'],
  ['identity.judge.name', 'text'],
  ['identity.judge.scale', 'text'],
  ['identity.judge.signature', 'text'],
  ['identity.judge.settings', 'object'],
  ['identity.answers.repeats', 'number'],
  ['identity.judge_repeats', 'number'],
  ['scenario.name', 'text'],
  ['scenario.title', 'text'],
  ['scenario.scores', 'list'],
  ['scenario.gates', 'object'],
  ['dataset.location', 'text'],
  ['dataset.merkle_root', 'text'],
  ['assessment.samples', 'object'],
  ['assessment.by_origin', 'object'],
  ['assessment.gates', 'list'],
  ['assessment.verdict', 'text'],
  ['assessment.notes', 'list'],
  ['assessment.usage', 'object'],
  ['hardware', 'object'],
  ['files', 'list'],
]

/** The same of a line of `samples.jsonl`. */
const SAMPLE_SHAPE: Shape = [
  ['sample_id', 'text'],
  ['channel', 'text'],
  ['origin', 'text'],
  ['timestamp', 'text'],
  ['answer', 'number'],
  ['repeat', 'number'],
  ['scores', 'object'],
  ['scores.*', 'object'],
  ['scores.*.value', 'number?'],
  ['scores.*.unmeasured', 'text?'],
  ['scores.*.quotes', 'list?'],
]

function sampleProblem(line: unknown): Message | undefined {
  const problem = shapeProblem(line, SAMPLE_SHAPE)
  if (problem !== undefined) return problem
  const scores = Object.entries((line as SampleLine).scores)
  const beyond = scores.find(([, score]) => isMeasured(score) && !(score.value >= 0 && score.value <= 1))
  return beyond && message('beyondScale', {score: beyond[0]})
}

/** The same of a line of `dataset.jsonl`. */
const RECORD_SHAPE: Shape = [
  ['sample_id', 'text'],
  ['channel', 'text'],
  ['timestamp', 'text'],
  ['source_text', 'text'],
  ['summary_markdown', 'text'],
  ['metadata', 'object'],
  ['ground_truth', 'object?'],
]

const recordProblem = (line: unknown): Message | undefined => shapeProblem(line, RECORD_SHAPE)

/**
 * The values of a JSON Lines file (compressed when its name says so), one at a time.
 * @param problemOf what is wrong with one of them, as a clause
 * @throws Ep23Error BENCHMARK_BAD_LINE (65) naming file and line, and what `readLines` throws
 */
export async function* readJsonLines(
  path: string,
  problemOf: (value: unknown) => Message | undefined = () => undefined,
): AsyncGenerator {
  let number = 0
  for await (const line of readLines(path)) {
    number += 1
    if (line.trim() === '') continue
    const value = parseLine(line, path, number)
    const problem = problemOf(value)
    if (problem !== undefined) throw badLine(path, number, message('ofOtherKind', {problem}))
    yield value
  }
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch (error) {
    throw badLine(path, number, message('isNotJsonClause', {problem: errorMessage(error)}), error)
  }
}

function badLine(path: string, number: number, problem: Message, cause?: unknown): Error {
  return badDataError(
    'BENCHMARK_BAD_LINE',
    message('lineProblem', {path, number, problem}),
    [message('takeFromSource')],
    cause,
  )
}
