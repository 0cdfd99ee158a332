import {type Digest, recordJudgements, type RecordedJudgements, type ReviewReport} from '@ep23/plugin-dataset'
import {canonicalLine, toDigestRecord, toReviewRecord} from '@ep23/plugin-exporters'
import type {CommandResult, JudgedSample, Runtime} from '@ep23/sdk'

import {findRun} from '../adapters/runs/run-shelf.js'
import {assertRecordable, judgementsOfRun} from '../usecases/record/judgements-of-run.js'

export interface RecordData extends RecordedJudgements {
  run_id: string
  judge_model: string
  /** Samples of which nothing was measured: absent stays absent. */
  unmeasured: string[]
}

/** `benchmark:record`. */
export async function recordScores(runtime: Runtime, reference: string): Promise<CommandResult<RecordData>> {
  const {settings, store, run: writer} = runtime
  const {run, records, samples} = await findRun(settings.datasetDir, reference)
  const collection = assertRecordable(run)
  const judged = await Array.fromAsync(judgementsOfRun(run, records(), samples()))
  const offered = judged.flatMap(({sample, judgement}) =>
    judgement === null
      ? []
      : [
          {
            document_id: sample.sample_id,
            judgement,
            isJudged: (document: object) => isSame(collection, document, sample),
          },
        ],
  )
  const unmeasured = judged.flatMap(({sample, judgement}) => (judgement === null ? [sample.sample_id] : []))
  const recorded = await recordJudgements({store, run: writer}, collection, offered)
  const data = {run_id: run.run_id, judge_model: run.identity.judge.model ?? '', ...recorded, unmeasured}
  return {data, text: textOf(data), warnings: warningsOf(data)}
}

/** The text that was judged is the text that is stored; what was recorded since says nothing of that. */
function isSame(collection: string, document: object, sample: JudgedSample): boolean {
  const record =
    collection === 'digests' ? toDigestRecord(document as Digest) : toReviewRecord(document as ReviewReport)
  return judgedPart(record) === judgedPart(sample)
}

function judgedPart(record: object): string {
  return canonicalLine(Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'ground_truth')))
}

function textOf({run_id, judge_model, recorded, unchanged}: RecordData): string[] {
  return [
    `${recorded.length} judgements of ${judge_model} recorded with their documents, ${unchanged.length} were there already (run ${run_id})`,
  ]
}

function warningsOf({changed, missing, team, unmeasured}: RecordData): string[] {
  const named = (ids: readonly string[]): string => `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`
  const groups: [readonly string[], string][] = [
    [changed, 'changed since they were judged; nothing was recorded with'],
    [missing, 'no longer in the store:'],
    [team, 'of other programs, which ep23 never overwrites:'],
    [unmeasured, 'without a measured score:'],
  ]
  return groups.flatMap(([ids, what]) => (ids.length === 0 ? [] : [`${ids.length} ${what} ${named(ids)}`]))
}
