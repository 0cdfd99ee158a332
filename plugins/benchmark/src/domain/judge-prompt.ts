import type {ChatMessage} from '@ep23/llm'
import type {FoundJson} from '@ep23/llm/text'
import type {JudgedSample, Score} from '@ep23/sdk'

/**
 * What a language model is asked as a judge and how its answer is read. `V` is what an answer says before it is held against the
 * texts: an answer that says two different things is not read.
 */
export interface JudgePrompt<V = unknown> {
  readonly version: string
  /** What the prompt's hash is taken of: everything but the sample. */
  readonly text: string
  /** Raised when another reading of the same answer would give other scores. */
  readonly reading: number
  /** Why there is nothing to ask about a sample; undefined when there is. */
  nothingToAsk?(sample: JudgedSample): Score | undefined
  /** The question, in Russian; the same sample always gives the same text. @param shownSource the source as far as it fits */
  messages(sample: JudgedSample, shownSource: string): ChatMessage[]
  /** JSON Schema of the answer; `strict` servers hold the model to it. */
  schema(scores: readonly string[]): Record<string, unknown>
  /** What the JSON of an answer says, or what is wrong with it in a Russian clause. */
  read(json: unknown, sample: JudgedSample, scores: readonly string[]): FoundJson<V>
  /** Scores from 0 to 1, each with its quotes, or void where a quote stands nowhere. */
  score(value: V, sample: JudgedSample, scores: readonly string[]): Record<string, Score>
}

/** Asks once more, showing what was wrong with the answer. */
export function repairMessages(messages: readonly ChatMessage[], reply: string, problem: string): ChatMessage[] {
  return [
    ...messages,
    {role: 'assistant', content: reply},
    {role: 'user', content: `Ответ не принят: ${problem}. Пришли только объект JSON указанного вида, без пояснений.`},
  ]
}
