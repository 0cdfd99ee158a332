import {badDataError} from '@ep23/sdk'

/** Scores by sample and name; only numbers are there. */
export type RunnerScores = ReadonlyMap<string, Readonly<Record<string, number>>>

/**
 * The result of an external runner: one JSON document `{"samples": [{"sample_id": …, "scores": {…}}, …]}`, or the samples as JSON
 * lines. What is no number is left out, so that it is unmeasured and not 0.
 * @throws Ep23Error BENCHMARK_RUNNER_RESULT (65)
 */
export function readRunnerResult(text: string): RunnerScores {
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
      throw problem(`line ${index + 1} is not JSON: ${(error as Error).message}`)
    }
  })
}

function readSample(sample: unknown, index: number): [string, Record<string, number>] {
  const {sample_id: id, scores} = (sample ?? {}) as {sample_id?: unknown; scores?: unknown}
  if (typeof id !== 'string' || typeof scores !== 'object' || scores === null)
    throw problem(`sample ${index + 1} has no sample_id or no scores`)
  const numbers = Object.entries(scores).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return [id, Object.fromEntries(numbers)]
}

function problem(message: string): Error {
  return badDataError('BENCHMARK_RUNNER_RESULT', `the runner's result cannot be read: ${message}`, [
    'it must be {"samples": [{"sample_id": "…", "scores": {"coverage": 0.9}}]}, or such samples as JSON lines',
  ])
}
