import {isMeasured} from '@ep23/sdk'
import {mean, standardDeviation} from '@ep23/statistics'

import type {AnswerLine} from '../../domain/answers.js'
import type {StoredRun} from '../../domain/run-folder.js'
import type {SampleLine} from '../../domain/sample-line.js'

/** A sample of a run, the text that was judged, and the means of the judge's scores. */
export interface JudgedText {
  run_id: string
  writer: string
  sample: {sample_id: string; channel: string; source_text: string}
  text: string
  /** Over repeats, 0 … 1; scores that were not measured are absent. */
  scores: Readonly<Record<string, number>>
  /** Largest standard deviation between repeats of one judgement, over the scores; undefined without repeats. */
  uncertainty: number | undefined
}

/** The first answer to each sample of a run. */
export async function textsOf({run, records, samples, answers}: StoredRun): Promise<JudgedText[]> {
  const lines = Map.groupBy(
    (await Array.fromAsync(samples())).filter(({answer}) => answer === 1),
    ({sample_id}) => sample_id,
  )
  const written = new Map(
    (await Array.fromAsync(answers())).filter(firstAnswer).map(line => [line.sample_id, line.text]),
  )
  const writer = run.identity.answers.model
  return (await Array.fromAsync(records())).map(sample => {
    const {sample_id, channel, source_text, summary_markdown, metadata} = sample
    const own = lines.get(sample_id) ?? []
    return {
      run_id: run.run_id,
      writer: writer ?? (typeof metadata['llm_model'] === 'string' ? metadata['llm_model'] : 'dataset'),
      sample: {sample_id, channel, source_text},
      text: writer === null ? summary_markdown : (written.get(sample_id) ?? ''),
      ...judged(own),
    }
  })
}

function firstAnswer({answer}: AnswerLine): boolean {
  return answer === 1
}

function judged(lines: readonly SampleLine[]): Pick<JudgedText, 'scores' | 'uncertainty'> {
  const names = Object.keys(lines[0]?.scores ?? {})
  const values = names.map(name => ({
    name,
    own: lines.flatMap(({scores}) => {
      const score = scores[name]
      return score && isMeasured(score) ? [score.value] : []
    }),
  }))
  const spreads = values.flatMap(({own}) => (own.length > 1 ? [standardDeviation(own)] : []))
  return {
    scores: Object.fromEntries(values.flatMap(({name, own}) => (own.length > 0 ? [[name, mean(own)] as const] : []))),
    uncertainty: spreads.length === 0 ? undefined : Math.max(...spreads),
  }
}
