import {createHash} from 'node:crypto'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {readLines} from '@ep23/plugin-exporters'
import {badDataError, isMeasured, type Shape, shapeProblem, writeFileAtomically} from '@ep23/sdk'

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

export interface StoredBaselines {
  heads: BaselineHead[]
  damaged: {name: string; problem: string}[]
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
  if (hashOf(lines.map(line => `${line}\n`)) !== head.samples_sha256)
    throw badBaseline(path, 'its samples are not those it was blessed with')
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
      found.damaged.push({name: file.slice(0, -SUFFIX.length), problem: (error as Error).message})
    }
  }
  return found
}

async function readHead(path: string): Promise<BaselineHead> {
  for await (const line of readLines(path)) return parseHead(line, path)
  throw badBaseline(path, 'it is empty')
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
    throw badBaseline(path, 'its first line is not JSON')
  }
  if (head?.format_version !== BASELINE_FORMAT)
    throw badBaseline(path, `it has format_version ${String(head?.format_version)}, this ep23 reads ${BASELINE_FORMAT}`)
  checkedRun(head.run ?? null, path)
  const problem = shapeProblem(head, HEAD_SHAPE)
  if (problem !== undefined) throw badBaseline(path, problem)
  return head as BaselineHead
}

function badBaseline(path: string, reason: string): Error {
  return badDataError('BENCHMARK_BAD_BASELINE', `the baseline ${path} cannot be used: ${reason}`, [
    'bless a run again: ep23 benchmark:bless RUN --as NAME',
  ])
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(line)
  return hash.digest('hex')
}
