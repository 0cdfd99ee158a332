import {isTeamRecord, ORIGINS, teamRecord, type Origin} from '@ep23/plugin-dataset'
import {badDataError, type JudgedSample, joined, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

export interface DatasetProof {
  /** `ep23`: the records come with it. */
  by: 'manifest' | 'store' | 'ep23' | 'nothing'
  /** The manifest's file, beside the dataset. */
  manifest: string | null
}

/** Where records come from, in the order of an export. */
export interface DatasetSource {
  kind: 'store' | 'file'
  location: string
  exporter: string
  /**
   * What stands behind the records: the manifest beside a file, whose every word was computed again; none; or the store itself.
   * @throws Ep23Error BENCHMARK_DATASET_CHANGED (65) naming the record that is not what the manifest says
   */
  prove(): Promise<DatasetProof>
  /** `place` names a record in errors. */
  records(): AsyncIterable<{record: unknown; place: string}>
}

const TEXTS = ['sample_id', 'channel', 'language', 'timestamp', 'source_text', 'summary_markdown'] as const

/**
 * A record that can be judged; a line of the team's own JSONL through its mapping.
 * @param place file and line, or the exporter, for the error
 * @throws Ep23Error BENCHMARK_BAD_SAMPLE (65) naming place and field
 */
export function checkSample(record: unknown, place: string): JudgedSample {
  const sample = isFields(record) && isTeamRecord(record) ? teamRecord(record) : record
  const problem = isFields(sample) ? fieldProblem(sample) : message('isNoObject')
  if (problem === undefined) return sample as JudgedSample
  throw badDataError('BENCHMARK_BAD_SAMPLE', joined([place, problem], ': '), [message('judgeExported')])
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function fieldProblem(fields: Fields): Message | undefined {
  const noText = TEXTS.find(name => typeof fields[name] !== 'string')
  if (noText !== undefined) return message('fieldNotText', {field: noText})
  const {origin} = (fields['metadata'] ?? {}) as Fields
  if (!ORIGINS.includes(origin as Origin)) return message('originNone', {origins: ORIGINS.join(', ')})
  const latency = fields['latency_seconds']
  if (latency !== undefined && !(typeof latency === 'number' && latency >= 0)) return message('latencyNumber')
  return storedScoreProblem((fields['ground_truth'] ?? {}) as Fields)
}

function storedScoreProblem({llm_judge: judgement}: Fields): Message | undefined {
  if (judgement === undefined) return undefined
  const {scores} = (judgement ?? {}) as Fields
  if (typeof scores !== 'object' || scores === null) return message('scoresNotObject')
  const wrong = Object.entries(scores).find(([, value]) => !(typeof value === 'number' && value >= 0 && value <= 1))
  return wrong && message('scoreNotNumber', {score: wrong[0]})
}
