import type {SampleLine} from '#src/domain/sample-line.js'

/** A line of samples.jsonl on which nothing was measured. */
export const SAMPLE_LINE: SampleLine = {
  sample_id: '',
  channel: '',
  origin: 'telegram',
  timestamp: '2024-11-04T20:59:59Z',
  sample_sha256: '',
  answer: 1,
  repeat: 1,
  scores: {},
  latency_seconds: null,
  truncated_characters: 0,
  usage: null,
  trail: null,
}
