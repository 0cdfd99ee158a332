import {type JudgementToRecord} from '@ep23/plugin-dataset'
import {isMeasured, type JudgedSample, usageError} from '@ep23/sdk'

import type {RunResult} from '../../domain/run-result.js'
import type {SampleLine} from '../../domain/sample-line.js'

/** A sample with what its judge gave it: means over its judgements, only of what was measured. */
export interface RecordableJudgement {
  sample: JudgedSample
  /** Null when nothing of it was measured. */
  judgement: JudgementToRecord | null
}

/**
 * What of a run may be kept with the documents that it judged: scores of a language model, of the texts as they are stored.
 * @throws Ep23Error USAGE (64) for a run of another kind
 */
export function assertRecordable({run_id, identity, dataset}: RunResult): 'digests' | 'review_reports' {
  const {judge, answers} = identity
  if (judge.name === 'recorded') throw usageError(`run ${run_id} took stored scores: there is nothing to record`)
  if (judge.scale !== 'llm' || judge.model === null)
    throw usageError(`run ${run_id} was judged by ${judge.name}, which is no language model: nothing is recorded`, [
      'its scores would be gated by the thresholds of language models: run the judge again wherever they are needed',
      'record a run of a model: ep23 benchmark:run --judge llm --model MODEL',
    ])
  if (answers.model !== null)
    throw usageError(`run ${run_id} judged answers that ${answers.model} wrote for it, not the stored documents`)
  if (dataset.exporter === 'digests' || dataset.exporter === 'review_reports') return dataset.exporter
  throw usageError(`run ${run_id} judged ${dataset.exporter}: only digests and review reports keep judgements`)
}

/** Each sample of a run; lines of a sample come one after the other, in the order of the records. */
export async function* judgementsOfRun(
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
