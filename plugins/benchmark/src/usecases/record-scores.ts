import {
  type Digest,
  type JudgementToRecord,
  recordJudgements,
  type RecordedJudgements,
  type ReviewReport,
} from '@ep23/plugin-dataset'
import {canonicalLine, toDigestRecord, toReviewRecord} from '@ep23/plugin-exporters'
import {isMeasured, type JudgedSample, type Runtime, usageError, type Message} from '@ep23/sdk'

import type {StoredRun} from '../domain/run-folder.js'
import type {RunResult} from '../domain/run-result.js'
import type {SampleLine} from '../domain/sample-line.js'
import {message} from '../words/words.js'

export interface RecordData extends RecordedJudgements {
  run_id: string
  judge_model: string
  /** Samples of which nothing was measured: absent stays absent. */
  unmeasured: string[]
}

/**
 * Keeps the scores of a run with the documents that it judged, where their texts are still the judged ones.
 * @throws Ep23Error USAGE (64) for a run whose scores are not a language model's, or not of stored documents
 */
export async function recordScores(
  {store, run: writer}: Pick<Runtime, 'store' | 'run'>,
  {run, records, samples}: StoredRun,
): Promise<RecordData> {
  const collection = assertRecordable(run)
  const judged = await Array.fromAsync(judgementsOfRun(run, records(), samples()))
  const offered = judged.flatMap(({sample, judgement}) =>
    judgement === null ? [] : [{document_id: sample.sample_id, judgement, isJudged: isSame(collection, sample)}],
  )
  const unmeasured = judged.flatMap(({sample, judgement}) => (judgement === null ? [sample.sample_id] : []))
  const recorded = await recordJudgements({store, run: writer}, collection, offered)
  return {run_id: run.run_id, judge_model: run.identity.judge.model ?? '', ...recorded, unmeasured}
}

export function renderRecorded({run_id, judge_model, recorded, unchanged}: RecordData): Message[] {
  return [
    message('judgementsRecorded', {
      recorded: recorded.length,
      model: judge_model,
      unchanged: unchanged.length,
      run: run_id,
    }),
  ]
}

export function recordWarnings({changed, missing, team, unmeasured}: RecordData): Message[] {
  const named = (ids: readonly string[]): string => `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`
  const groups: [readonly string[], Message][] = [
    [changed, message('changedSince')],
    [missing, message('noLongerStored')],
    [team, message('ofOtherPrograms')],
    [unmeasured, message('withoutMeasured')],
  ]
  return groups.flatMap(([ids, what]) =>
    ids.length === 0 ? [] : [message('countOfWhat', {count: ids.length, what, ids: named(ids)})],
  )
}

/** The text that was judged is the text that is stored; what was recorded since says nothing of that. */
function isSame(collection: string, sample: JudgedSample): (document: object) => boolean {
  return document => {
    const record =
      collection === 'digests' ? toDigestRecord(document as Digest) : toReviewRecord(document as ReviewReport)
    return judgedPart(record) === judgedPart(sample)
  }
}

function judgedPart(record: object): string {
  return canonicalLine(Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'ground_truth')))
}

/** A sample with what its judge gave it: means over its judgements, only of what was measured. */
interface RecordableJudgement {
  sample: JudgedSample
  /** Null when nothing of it was measured. */
  judgement: JudgementToRecord | null
}

/**
 * What of a run may be kept with the documents that it judged: scores of a language model, of the texts as they are stored.
 * @throws Ep23Error USAGE (64) for a run of another kind
 */
function assertRecordable({run_id, identity, dataset}: RunResult): 'digests' | 'review_reports' {
  const {judge, answers} = identity
  if (judge.name === 'recorded') throw usageError(message('tookStoredScores', {run_id}))
  if (judge.scale !== 'llm' || judge.model === null)
    throw usageError(message('notLanguageModel', {run_id, name: judge.name}), [
      message('wouldBeGated'),
      message('recordModelRun'),
    ])
  if (answers.model !== null) throw usageError(message('judgedNewAnswers', {run_id, model: answers.model}))
  if (dataset.exporter === 'digests' || dataset.exporter === 'review_reports') return dataset.exporter
  throw usageError(message('onlyKeepJudgements', {run_id, exporter: dataset.exporter}))
}

/** Each sample of a run; lines of a sample come one after the other, in the order of the records. */
async function* judgementsOfRun(
  {identity: {judge}}: RunResult,
  records: AsyncIterable<JudgedSample>,
  lines: AsyncIterable<SampleLine>,
): AsyncGenerator<RecordableJudgement> {
  const next = lines[Symbol.asyncIterator]()
  let line = await next.next()
  for await (const sample of records) {
    const own: SampleLine[] = []
    for (; !line.done && line.value.sample_id === sample.sample_id; line = await next.next()) own.push(line.value)
    const scores = meansOf(own)
    const prompt_version = judge.prompt?.version
    const judgement = {judge_model: judge.model ?? judge.name, ...(prompt_version && {prompt_version}), scores}
    yield {sample, judgement: Object.keys(scores).length > 0 ? judgement : null}
  }
}

function meansOf(lines: readonly SampleLine[]): Record<string, number> {
  const names = Object.keys(lines[0]?.scores ?? {})
  return Object.fromEntries(
    names.flatMap(name => {
      const values = lines.flatMap(({scores}) => {
        const score = scores[name]
        return isMeasured(score) ? [score.value] : []
      })
      return values.length === 0 ? [] : [[name, values.reduce((sum, value) => sum + value, 0) / values.length]]
    }),
  )
}
