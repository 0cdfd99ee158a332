import {createHash} from 'node:crypto'

import type {JudgedSample} from '@ep23/sdk'

import type {ComparedSample} from '#src/domain/comparison.js'
import type {IntervalFacts} from '#src/domain/interval-facts.js'
import {RUN_FORMAT, type RunResult} from '#src/domain/run-result.js'
import type {SampleLine} from '#src/domain/sample-line.js'
import type {ComparableRun} from '#src/usecases/compare/compare-runs.js'

export const CHANNELS = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science']
export const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']

export interface RunChanges {
  run_id?: string
  root?: string
  signature?: string
  prompt?: string
  scores?: readonly string[]
  live?: boolean
  verdict?: RunResult['assessment']['verdict']
}

/** A finished run whose assessment holds no samples: comparisons look at the samples themselves. */
export function runResult(changes: RunChanges = {}): RunResult {
  const {run_id = '20241204T090000Z-000000000001', root = 'a'.repeat(64), scores = SCORES} = changes
  return {
    format_version: RUN_FORMAT,
    ep23_version: '0.1.0',
    run_id,
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    fingerprint: sha(run_id),
    identity: {
      scenario: {name: 'channel_digest_ru', version: 1, sha256: 'b'.repeat(64)},
      dataset: {merkle_root: root, records: 150},
      judge: {
        name: 'lexical',
        scale: 'lexical',
        signature: changes.signature ?? 'lexical|tok:ru-1|v:1',
        model: null,
        prompt: changes.prompt === undefined ? null : {version: changes.prompt, sha256: sha(changes.prompt)},
        settings: {},
      },
      answers: {repeats: 1, model: null},
      judge_repeats: 1,
    },
    scenario: {
      name: 'channel_digest_ru',
      title: 'Daily digests',
      version: 1,
      dataset: 'digests',
      judge: 'lexical',
      prompt: 'digest-ru-1',
      live: changes.live ?? true,
      scores,
      gates: {
        lexical: scores.map(metric => ({metric, statistic: 'mean', direction: 'at_least', pass: 0.5, warn: 0.4})),
        any: [{metric: 'latency_seconds', statistic: 'p90', direction: 'at_most', pass: 210, warn: 240}],
      },
      max_truncated_share: 0.05,
    },
    dataset: {
      kind: 'file',
      location: 'digests.jsonl',
      exporter: 'digests',
      records: 150,
      merkle_root: root,
      by_origin: {telegram: 150, synthetic: 0, team: 0},
      by_channel: Object.fromEntries(CHANNELS.map(channel => [channel, 30])),
      shared_news: [],
      proof: {by: 'manifest', manifest: 'digests.manifest.json'},
      left_out: 0,
    },
    dry_run: false,
    calibrations: [],
    require_calibration: false,
    assessment: {
      samples: {lines: 150, samples: 150, measured: 150, unmeasured: {}, truncated: 0, truncated_share: 0},
      by_origin: {},
      gates: [],
      verdict: changes.verdict ?? 'pass',
      remarks: [],
      notes: [],
      usage: {calls: 0, prompt_tokens: 0, completion_tokens: 0, cost: null, unknown_calls: 0, cached: 0},
    },
    hardware: {cpu: 'test', cores: 2, memory_bytes: 1, platform: 'linux x64', node: 'v24', icu: null},
    started_at: '2024-12-04T09:00:00.000Z',
    finished_at: '2024-12-04T09:00:02.000Z',
    duration_seconds: 2,
    attempts: 1,
    stopped_early: false,
    baseline: null,
    seals: {},
    files: [],
  }
}

/** 30 days of five channels; `score` gives each sample's scores. */
export function comparedSamples(
  score: (index: number, channel: string) => ComparedSample['scores'],
  changes: Partial<ComparedSample> = {},
): ComparedSample[] {
  return CHANNELS.flatMap((channel, c) =>
    Array.from({length: 30}, (_, day) => {
      const date = new Date(Date.UTC(2024, 10, 4 + day)).toISOString()
      const sample_id = `${channel}:${date.slice(0, 10)}`
      return {
        sample_id,
        channel,
        origin: 'telegram' as const,
        timestamp: date,
        sample_sha256: sha(sample_id),
        source_sha256: sha(`source ${sample_id}`),
        latency_seconds: undefined,
        scores: score(c * 30 + day, channel),
        ...changes,
      }
    }),
  )
}

export function comparable(name: string, samples: readonly ComparedSample[], changes: RunChanges = {}): ComparableRun {
  return {name, run: runResult({run_id: name, ...changes}), samples}
}

export function judgedSample(sample_id: string, changes: Partial<JudgedSample> = {}): JudgedSample {
  return {
    sample_id,
    channel: sample_id.split(':')[0] ?? '',
    language: 'ru',
    timestamp: `${sample_id.split(':')[1]}T20:59:59.999Z`,
    source_text: 'В Москве открыли новый мост.\n\nМост построили за 20 месяцев.',
    summary_markdown: '- В Москве открыли новый мост за 20 месяцев.',
    metadata: {origin: 'telegram'},
    ...changes,
  }
}

export function facts(estimate: number | null, changes: Partial<IntervalFacts> = {}): IntervalFacts {
  return {
    estimate,
    low: estimate === null ? null : estimate - 0.01,
    high: estimate === null ? null : estimate + 0.01,
    confidence: 0.95,
    method: 'student-t',
    measured: 150,
    unmeasured: 0,
    ...changes,
  }
}

export function sampleLine(record: JudgedSample, scores: SampleLine['scores'], line: string): SampleLine {
  const {sample_id, channel, timestamp, metadata, latency_seconds} = record
  return {
    sample_id,
    channel,
    origin: metadata.origin,
    timestamp,
    sample_sha256: sha(line),
    answer: 1,
    repeat: 1,
    scores,
    latency_seconds: latency_seconds ?? null,
    truncated_characters: 0,
    usage: null,
    trail: null,
  }
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
