import type {JudgedSample} from '@ep23/sdk'

import type {AnswerWriter, WrittenAnswer} from '#src/domain/answers.js'

export const ANSWER_TOKENS = 10

export interface FakeWriter extends AnswerWriter {
  /** `sample_id#answer` of every answer that was asked for. */
  asked: string[]
}

/** Writes the sample's number and the answer's into the text, for ten tokens. */
export function fakeWriter(
  change: (sample: JudgedSample, answer: number) => Partial<WrittenAnswer> = () => ({}),
): FakeWriter {
  const asked: string[] = []
  return {
    asked,
    model: 'writer-1',
    prompt: {version: 'test-1', sha256: 'a'.repeat(64)},
    settings: {temperature: null},
    concurrency: 4,
    async write(sample, {answer}) {
      asked.push(`${sample.sample_id}#${answer}`)
      return {
        text: `Ответ ${answer} на ${sample.sample_id}`,
        missing: null,
        latency_seconds: answer,
        usage: {calls: 1, prompt_tokens: ANSWER_TOKENS, completion_tokens: 0, cost: null},
        trail: null,
        ...change(sample, answer),
      }
    },
  }
}

export const missing = (unmeasured: NonNullable<WrittenAnswer['missing']>['unmeasured']): Partial<WrittenAnswer> => ({
  text: null,
  missing: {unmeasured, detail: 'nothing was written'},
  latency_seconds: null,
})
