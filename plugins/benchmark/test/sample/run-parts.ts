import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Judge, JudgedSample} from '@ep23/sdk'
import {fakeRuntime} from '@ep23/sdk/testing'

import {fileRunFolder} from '#src/adapters/file-run-folder.js'
import {hashText, sha256} from '#src/adapters/sha256.js'
import {RunAssessor} from '#src/domain/assess-run.js'
import type {DatasetSource} from '#src/domain/dataset-source.js'
import type {Assessment, RunResult} from '#src/domain/run-result.js'
import type {SampleLine} from '#src/domain/sample-line.js'
import type {Scenario} from '#src/domain/scenario.js'
import type {RunDeps, RunRequest} from '#src/usecases/run/run-request.js'

export const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']

export function scenarioOf(changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'channel_digest_ru',
    title: 'Digests',
    version: 1,
    dataset: 'digests',
    judge: 'llm',
    prompt: 'digest-ru-1',
    live: true,
    scores: SCORES,
    max_truncated_share: 0.05,
    gates: {
      llm: [{metric: 'coverage', statistic: 'mean', direction: 'at_least', pass: 0.88, warn: 0.8}],
      any: [{metric: 'measured_share', statistic: 'share', direction: 'at_least', pass: 0.95, warn: 0.9}],
    },
    ...changes,
  }
}

export function datasetOf(samples: readonly unknown[]): DatasetSource {
  return {
    kind: 'file',
    location: 'test.jsonl',
    exporter: 'digests',
    prove: async () => ({by: 'manifest', manifest: 'test.manifest.json'}),
    async *records() {
      for (const [index, record] of samples.entries()) yield {record, place: `test.jsonl:${index + 1}`}
    },
  }
}

export function requestOf(
  samples: readonly JudgedSample[],
  judge: Judge,
  changes: Partial<RunRequest> = {},
): RunRequest {
  return {
    scenario: scenarioOf(),
    dataset: datasetOf(samples),
    judge,
    dryRun: false,
    calibrations: [],
    requireCalibration: false,
    requireProof: false,
    judgeRepeats: 1,
    limit: undefined,
    limits: {sampleSeconds: 20},
    resume: false,
    baseline: null,
    ...changes,
  }
}

export interface Recorded {
  metric: string
  labels: Record<string, string>
  value: number
}

/** Everything a run needs, with real files and nothing of a host. */
export function depsIn(
  folder: string,
  {signal = new AbortController().signal}: {signal?: AbortSignal} = {},
): RunDeps & {recorded: Recorded[]} {
  const recorded: Recorded[] = []
  const record = (metric: string) => (labels: Record<string, string>, value: number) => {
    recorded.push({metric, labels, value})
  }
  const quiet = (): void => undefined
  return {
    recorded,
    progress: fakeRuntime().progress,
    metrics: {
      runDuration: {observe: record('runDuration')},
      runOutcome: {set: record('runOutcome'), clear: () => undefined},
      gateCalibrated: {set: record('gateCalibrated'), clear: () => undefined},
      metricValue: {set: record('metricValue'), clear: labels => record('metricValue cleared')({...labels}, 0)},
    },
    logger: {debug: quiet, info: quiet, warn: quiet, error: quiet},
    clock: {now: () => new Date(), monotonic: () => performance.now() / 1000},
    signal,
    run: {run_id: 'run-1', trace_id: 'f'.repeat(32), command: 'benchmark:run', started_at: new Date()},
    version: '0.0.0',
    folder: fileRunFolder(folder),
    hardware: {cpu: 'test', cores: 1, memory_bytes: 1, platform: 'test', node: 'v0', icu: null},
    language: 'en',
    sha256,
    hashText,
  }
}

export function readResult(folder: string): RunResult {
  return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunResult
}

export function readSamples(folder: string): SampleLine[] {
  const text = readFileSync(join(folder, 'samples.jsonl'), 'utf8')
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as SampleLine)
}

/** What a run says, over lines that are at hand. */
export function assessRun(lines: Iterable<SampleLine>, scenario: Scenario, scale: string): Assessment {
  const assessor = new RunAssessor(scenario, scale)
  for (const line of lines) assessor.add(line)
  return assessor.finish()
}
