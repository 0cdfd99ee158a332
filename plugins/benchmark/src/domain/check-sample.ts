import {badDataError, type JudgedSample} from '@ep23/sdk'

const TEXTS = ['sample_id', 'channel', 'language', 'timestamp', 'source_text', 'summary_markdown'] as const

/**
 * A record that can be judged.
 * @param place file and line, or the exporter, for the error
 * @throws Ep23Error BENCHMARK_BAD_SAMPLE (65) naming place and field
 */
export function checkSample(record: unknown, place: string): JudgedSample {
  const problem = typeof record === 'object' && record !== null ? fieldProblem(record) : 'is not an object'
  if (problem === undefined) return record as JudgedSample
  throw badDataError('BENCHMARK_BAD_SAMPLE', `${place}: ${problem}`, [
    'judge a file that ep23 exporters:run wrote, or leave --dataset out to judge the store',
  ])
}

type Fields = Readonly<Record<string, unknown>>

function fieldProblem(record: object): string | undefined {
  const fields = record as Fields
  const noText = TEXTS.find(name => typeof fields[name] !== 'string')
  if (noText !== undefined) return `${noText} is not a text`
  const {origin} = (fields['metadata'] ?? {}) as Fields
  if (origin !== 'telegram' && origin !== 'synthetic') return 'metadata.origin is neither telegram nor synthetic'
  const latency = fields['latency_seconds']
  if (latency !== undefined && !(typeof latency === 'number' && latency >= 0))
    return 'latency_seconds is not a number of at least 0'
  return storedScoreProblem((fields['ground_truth'] ?? {}) as Fields)
}

function storedScoreProblem({llm_judge: judgement}: Fields): string | undefined {
  if (judgement === undefined) return undefined
  const {scores} = (judgement ?? {}) as Fields
  if (typeof scores !== 'object' || scores === null) return 'ground_truth.llm_judge.scores is not an object'
  const wrong = Object.entries(scores).find(([, value]) => !(typeof value === 'number' && value >= 0 && value <= 1))
  return wrong && `ground_truth.llm_judge.scores.${wrong[0]} is not a number from 0 to 1`
}
