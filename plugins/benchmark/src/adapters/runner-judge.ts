import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {readFile, rm} from 'node:fs/promises'

import {badDataError, type Judge, type Runtime, type Score, ownField, errorMessage, type Message} from '@ep23/sdk'
import {execa} from 'execa'

import {judgeSignature} from '../domain/judge-signature.js'
import type {Scenario} from '../domain/scenario.js'
import {message as say} from '../words/words.js'

/** Characters of the program's last words that an error repeats. */
const LAST_WORDS = 800

/**
 * A program of the team's own as judge: started once, without a shell, with `{scenario}`, `{dataset}` (the records, JSON lines) and
 * `{output}` (where its result goes, else stdout) filled in. Its scores are read, gated by the thresholds under `runner` and
 * published like any other judge's.
 */
export function runnerJudge(scenario: Scenario, runtime: Runtime): Judge {
  const command = scenario.runner ?? []
  let results: RunnerScores = new Map()
  return {
    name: 'runner',
    signature: judgeSignature('runner', 1, {
      command: createHash('sha256').update(JSON.stringify(command)).digest('hex').slice(0, 12),
    }),
    scale: 'runner',
    scores: scenario.scores,
    settings: {command: command.join(' ')},
    async begin({path, signal}) {
      const output = `${path}.result.json`
      const filled = command.map(part => fill(part, {scenario: scenario.name, dataset: path, output}))
      const place = {cwd: runtime.settings.configDir, trace: runtime.tracer.traceparent(), signal}
      // Of an attempt that was killed; this one may print its result, or fail.
      await rm(output, {force: true})
      results = readRunnerResult(await runProgram(filled, output, place))
      await rm(output, {force: true})
    },
    async judge({sample_id: id}) {
      const given = results.get(id)
      return {scores: Object.fromEntries(scenario.scores.map(name => [name, toScore(given && ownField(given, name))]))}
    },
  }
}

function fill(part: string, values: Readonly<Record<string, string>>): string {
  return part.replace(/\{(scenario|dataset|output)\}/gu, (_, name: string) => values[name] ?? '')
}

/** The text of its result: the output file if it wrote one, else what it printed. */
async function runProgram(
  [program = '', ...args]: string[],
  output: string,
  {cwd, trace, signal}: {cwd: string; trace: string; signal: AbortSignal},
): Promise<string> {
  const ended = await execa(program, args, {
    cwd,
    env: {TRACEPARENT: trace},
    stdin: 'ignore',
    cancelSignal: signal,
    reject: false,
  })
  signal.throwIfAborted()
  // Programs of this kind also exit with other codes than 0 when a gate of theirs fails: what counts is the result.
  if (existsSync(output)) return readFile(output, 'utf8')
  if (ended.stdout.trim() !== '') return ended.stdout
  throw badDataError(
    'BENCHMARK_RUNNER_FAILED',
    say('runnerGaveNothing', {
      program,
      problem: ended.shortMessage ?? say('wroteNothing'),
      stderr: ended.stderr.slice(-LAST_WORDS),
    }),
    [say('runByHand')],
    ended,
  )
}

function toScore(value: number | undefined): Score {
  return value === undefined ? {unmeasured: 'judge_failed', detail: 'the runner gave no such score'} : {value}
}

/** Scores by sample and name; only numbers are there. */
type RunnerScores = ReadonlyMap<string, Readonly<Record<string, number>>>

/**
 * The result of an external runner: one JSON document `{"samples": [{"sample_id": …, "scores": {…}}, …]}`, or the samples as JSON
 * lines. What is no number is left out, so that it is unmeasured and not 0.
 * @throws Ep23Error BENCHMARK_RUNNER_RESULT (65)
 */
function readRunnerResult(text: string): RunnerScores {
  const samples = parseWhole(text) ?? parseLines(text)
  return new Map(samples.map((sample, index) => readSample(sample, index)))
}

function parseWhole(text: string): unknown[] | undefined {
  try {
    const {samples} = JSON.parse(text) as {samples?: unknown}
    return Array.isArray(samples) ? samples : undefined
  } catch {
    // Several lines are no document: the caller reads them one by one.
    return undefined
  }
}

function parseLines(text: string): unknown[] {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown
    } catch (error) {
      throw problem(say('lineNotJsonBecause', {line: index + 1, problem: errorMessage(error)}))
    }
  })
}

function readSample(sample: unknown, index: number): [string, Record<string, number>] {
  const {sample_id: id, scores} = (sample ?? {}) as {sample_id?: unknown; scores?: unknown}
  if (typeof id !== 'string' || typeof scores !== 'object' || scores === null)
    throw problem(say('sampleWithout', {sample: index + 1}))
  const numbers = Object.entries(scores).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return [id, Object.fromEntries(numbers)]
}

function problem(message: Message): Error {
  return badDataError('BENCHMARK_RUNNER_RESULT', say('runnerUnreadable', {problem: message}), [say('runnerMustBe')])
}
