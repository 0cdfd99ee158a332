import {createHash} from 'node:crypto'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {readLines} from '@ep23/plugin-exporters'
import {
  badDataError,
  isMeasured,
  type Shape,
  shapeProblem,
  writeFileAtomically,
  errorMessage,
  type Message,
} from '@ep23/sdk'

import {
  BASELINE_FORMAT,
  type BaselineHead,
  BASELINES_FOLDER,
  type BaselineSample,
  isBaselineName,
} from '../domain/baseline.js'
import type {StoredRun} from '../domain/run-folder.js'
import type {SampleLine} from '../domain/sample-line.js'
import {checkedRun, sourceHashes} from './stored-run.js'
import {message} from '../words/words.js'

export interface StoredBaselines {
  heads: BaselineHead[]
  damaged: {name: string; problem: Message}[]
}

const SUFFIX = '.jsonl'

const HEAD_SHAPE: Shape = [
  ['name', 'text'],
  ['blessed_at', 'text'],
  ['note', 'text|null'],
  ['run', 'object'],
  ['samples', 'number'],
  ['samples_sha256', 'text'],
]

export interface Baseline {
  path: string
  head: BaselineHead
  samples: BaselineSample[]
}

/** Writes the scores of a run as a named baseline; one of that name is replaced whole. */
export async function writeBaseline(
  datasetDir: string,
  {run, samples, records}: StoredRun,
  {name, note, blessedAt}: {name: string; note: string | null; blessedAt: Date},
): Promise<{path: string; head: BaselineHead}> {
  const sources = await sourceHashes(records())
  const lines: string[] = []
  for await (const line of samples()) lines.push(`${JSON.stringify(toBaselineSample(line, sources))}\n`)
  const head: BaselineHead = {
    format_version: BASELINE_FORMAT,
    name,
    blessed_at: blessedAt.toISOString(),
    note,
    run,
    samples: lines.length,
    samples_sha256: hashOf(lines),
  }
  const path = baselinePath(datasetDir, name)
  await writeFileAtomically(path, [`${JSON.stringify(head)}\n`, ...lines])
  return {path, head}
}

/**
 * Reads a baseline back and holds it against its own hash.
 * @throws Ep23Error BENCHMARK_BAD_BASELINE (65)
 */
export async function readBaseline(datasetDir: string, name: string): Promise<Baseline> {
  const path = baselinePath(datasetDir, name)
  const [first = '', ...lines] = await Array.fromAsync(readLines(path))
  const head = parseHead(first, path)
  if (hashOf(lines.map(line => `${line}\n`)) !== head.samples_sha256) throw badBaseline(path, message('otherSamples'))
  return {path, head, samples: lines.map(line => JSON.parse(line) as BaselineSample)}
}

/** Heads of all baselines by name, and what is wrong with those that cannot be read. */
export async function listBaselines(datasetDir: string): Promise<StoredBaselines> {
  const names = await readdir(join(datasetDir, BASELINES_FOLDER)).catch(() => [] as string[])
  const found: StoredBaselines = {heads: [], damaged: []}
  for (const file of names.filter(isBaselineFile).toSorted()) {
    try {
      found.heads.push(await readHead(join(datasetDir, BASELINES_FOLDER, file)))
    } catch (error) {
      found.damaged.push({name: file.slice(0, -SUFFIX.length), problem: errorMessage(error)})
    }
  }
  return found
}

async function readHead(path: string): Promise<BaselineHead> {
  for await (const line of readLines(path)) return parseHead(line, path)
  throw badBaseline(path, message('isEmpty'))
}

export async function isBaseline(datasetDir: string, name: string): Promise<boolean> {
  if (!isBaselineName(name)) return false
  return stat(baselinePath(datasetDir, name)).then(
    found => found.isFile(),
    () => false,
  )
}

function baselinePath(datasetDir: string, name: string): string {
  return join(datasetDir, BASELINES_FOLDER, `${name}${SUFFIX}`)
}

function isBaselineFile(file: string): boolean {
  return file.endsWith(SUFFIX) && isBaselineName(file.slice(0, -SUFFIX.length))
}

function toBaselineSample(line: SampleLine, sources: ReadonlyMap<string, string>): BaselineSample {
  const {sample_id, channel, origin, timestamp, sample_sha256, answer, repeat, scores, latency_seconds} = line
  const bare = Object.entries(scores).map(([name, score]) => [name, isMeasured(score) ? {value: score.value} : score])
  return {
    sample_id,
    channel,
    origin,
    timestamp,
    sample_sha256,
    source_sha256: sources.get(sample_id) ?? null,
    answer,
    repeat,
    latency_seconds,
    scores: Object.fromEntries(bare) as SampleLine['scores'],
  }
}

function parseHead(line: string, path: string): BaselineHead {
  let head: Partial<BaselineHead> | null
  try {
    head = JSON.parse(line) as Partial<BaselineHead> | null
  } catch {
    throw badBaseline(path, message('firstLineNotJson'))
  }
  if (head?.format_version !== BASELINE_FORMAT)
    throw badBaseline(path, message('baselineFormat', {format: String(head?.format_version), own: BASELINE_FORMAT}))
  checkedRun(head.run ?? null, path)
  const problem = shapeProblem(head, HEAD_SHAPE)
  if (problem !== undefined) throw badBaseline(path, problem)
  return head as BaselineHead
}

function badBaseline(path: string, reason: Message): Error {
  return badDataError('BENCHMARK_BAD_BASELINE', message('baselineUnusable', {path, reason}), [message('blessAgain')])
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(line)
  return hash.digest('hex')
}
