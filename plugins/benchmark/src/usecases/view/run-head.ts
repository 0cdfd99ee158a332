import {ownField} from '@ep23/sdk'
import type {StoredRun} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {sampleDay} from '../compare/align-samples.js'
import type {SampleOrigin} from '../../domain/sample-line.js'
import type {Instrument, RunHead} from '../../domain/view-data.js'
import type {DigestScores, RunSummary} from '../../domain/view-summary.js'
import {judgedSamples} from './judged-samples.js'

/** Reads a run once, in flat memory but for its numbers. */
export async function summarizeRun(stored: StoredRun): Promise<RunSummary> {
  const {scores} = stored.run.scenario
  const digests: DigestScores[] = []
  for await (const {index, record, lines} of judgedSamples(stored)) {
    const {sample_id, channel, timestamp, metadata} = record
    digests.push({
      index,
      sample_id,
      channel,
      day: sampleDay({sample_id, timestamp}),
      origin: metadata.origin,
      writer: writerName(metadata['llm_model']),
      anew: isAnew(stored.run),
      length: record.source_text.length,
      scores: scores.map(score => meanOf(lines.map(line => ownField(line.scores, score)))),
    })
  }
  return {folder: stored.folder, head: headOf(stored.run, digests), scores, digests}
}

export function isAnew({assessment}: Pick<RunResult, 'assessment'>): boolean {
  return assessment.answers !== undefined
}

export function writerName(model: unknown): string {
  return typeof model === 'string' && model !== '' ? model : '?'
}

type LineScore = {value: number} | {unmeasured: string} | undefined

export function meanOf(scores: readonly LineScore[]): number | null {
  const values = scores.flatMap(score => (score && 'value' in score ? [score.value] : []))
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function headOf(run: RunResult, digests: readonly DigestScores[]): RunHead {
  const {assessment, identity, scenario} = run
  const days = digests.map(({day}) => day).toSorted()
  return {
    run_id: run.run_id,
    title: scenario.title,
    instrument: instrumentOf(run),
    writers: byFrequency(digests.map(({writer}) => writer)),
    anew: isAnew(run),
    verdict: assessment.verdict,
    headline: headlineOf(run),
    samples: assessment.samples.samples,
    channels: new Set(digests.map(({channel}) => channel)).size,
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    dataset_root: identity.dataset.merkle_root,
    cost: costOf(run),
    finished_at: run.finished_at,
    partial: partOf(run),
  }
}

function instrumentOf({identity: {scenario, judge}}: RunResult): Instrument {
  const {name, model, signature, prompt, scale} = judge
  return {scenario: scenario.name, judge: name, model, signature, prompt: prompt?.version ?? null, scale}
}

function byFrequency(names: readonly string[]): string[] {
  const counts = Map.groupBy(names, name => name)
  return [...counts].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1)).map(([name]) => name)
}

/** Live samples are what a scenario is about; without any, those there are. */
function headlineOf({scenario, assessment}: RunResult): RunHead['headline'] {
  const [score] = scenario.scores
  const origins = Object.entries(assessment.by_origin) as [
    SampleOrigin,
    {scores: Record<string, {mean: unknown; clustered_mean: unknown}>},
  ][]
  const [origin, result] = origins.find(([name]) => name !== 'synthetic') ?? origins[0] ?? []
  const facts = score === undefined ? undefined : result && ownField(result.scores, score)
  if (score === undefined || origin === undefined || !facts) return null
  return {score, origin, mean: (facts.clustered_mean ?? facts.mean) as NonNullable<RunHead['headline']>['mean']}
}

/** Of judging and of writing; null where a part is not known. */
export function costOf({assessment: {usage, answers}}: Pick<RunResult, 'assessment'>): number | null {
  const parts = [usage, answers?.usage].filter(part => part !== undefined && part.calls > 0)
  if (parts.length === 0) return 0
  return parts.some(part => part?.cost === null) ? null : parts.reduce((sum, part) => sum + (part?.cost ?? 0), 0)
}

function partOf({stopped_early, dataset, dry_run}: RunResult): RunHead['partial'] {
  if (stopped_early) return 'stopped_early'
  if ((dataset.left_out ?? 0) > 0) return 'limited'
  return dry_run ? 'dry_run' : null
}
