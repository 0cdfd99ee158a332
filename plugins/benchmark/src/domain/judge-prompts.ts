import {findJson} from '@ep23/llm/text'
import type {JudgedSample, Score} from '@ep23/sdk'

import {claimsPrompt} from './claims/claims-prompt.js'
import {injectedPrompts} from './injections/injected-prompt.js'
import type {JudgePrompt} from './judge-prompt.js'
import {rubricPrompts} from './rubric-prompt.js'

const PROMPTS: ReadonlyMap<string, JudgePrompt> = new Map(
  [...rubricPrompts, claimsPrompt, ...injectedPrompts].map((prompt: JudgePrompt) => [prompt.version, prompt]),
)

export const PROMPT_VERSIONS: readonly string[] = [...PROMPTS.keys()]

/** @throws RangeError for a prompt version that does not exist */
export function judgePrompt(version: string): JudgePrompt {
  const prompt = PROMPTS.get(version)
  if (!prompt) throw new RangeError(`there is no prompt ${version}: ${PROMPT_VERSIONS.join(', ')}`)
  return prompt
}

/** What an answer says, or what is wrong with it in a sentence (Russian: the judge reads it when it is asked again). */
export type ReadReply = {scores: Record<string, Score>} | {problem: string}

/**
 * Reads a judge's answer, in whatever its JSON is wrapped. A judge that invents evidence may have invented the rest as well: quotes
 * that stand nowhere never count. Pure, so that the scores of a run can be computed again from its raw answers.
 */
export function readReply(
  prompt: JudgePrompt,
  reply: string,
  sample: JudgedSample,
  scores: readonly string[],
): ReadReply {
  const found = findJson(reply, json => prompt.read(json, sample, scores))
  return 'problem' in found ? found : {scores: prompt.score(found.value, sample, scores)}
}
