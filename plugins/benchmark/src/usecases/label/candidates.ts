import type {JudgedSample} from '@ep23/sdk'

import {withoutHeading} from '../../domain/label/bullets.js'
import type {LabelMode} from '../../domain/label/label-plan.js'
import type {Candidate} from './make-plan.js'

/** A sample of a run with the text that was judged. */
export interface RunText {
  run_id: string
  writer: string
  sample: Pick<JudgedSample, 'sample_id' | 'source_text'>
  text: string
  /** How unsure the judge is of it. */
  uncertainty: number | undefined
}

/** Single texts, or for pairs every two of one source that differ. */
export function candidatesOf(texts: readonly RunText[], mode: LabelMode): Candidate[] {
  const usable = texts.filter(({text}) => text.trim() !== '')
  if (mode !== 'pair') return usable.map(each => candidateOf([each]))
  const sources = Map.groupBy(usable, ({sample}) => sample.sample_id)
  return [...sources.values()].flatMap(same =>
    same.flatMap((one, i) =>
      same
        .slice(i + 1)
        .filter(other => other.text !== one.text)
        .map(other => candidateOf([one, other])),
    ),
  )
}

function candidateOf(texts: readonly [RunText, ...RunText[]] | readonly RunText[]): Candidate {
  const [first] = texts as readonly [RunText, ...RunText[]]
  const unsure = texts.flatMap(({uncertainty}) => (uncertainty === undefined ? [] : [uncertainty]))
  return {
    source: first.sample.sample_id,
    posts: first.sample.source_text.split(/\n{2,}/u).filter(post => post.trim() !== ''),
    texts: texts.map(({run_id, writer, sample, text}) => ({
      run_id,
      writer,
      sample_id: sample.sample_id,
      text: withoutHeading(text),
    })),
    uncertainty: unsure.length === 0 ? undefined : Math.max(...unsure),
  }
}
