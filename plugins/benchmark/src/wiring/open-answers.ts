import type {AdaptiveLimit} from '@ep23/llm'
import {type Judge, type Runtime, usageError} from '@ep23/sdk'

import {openWriter} from '../adapters/writers/open-writer.js'
import type {AskedAnswers} from '../domain/answers/answer-writer.js'
import type {Scenario} from '../domain/scenario.js'
import type {AskedRun} from './asked-run.js'

interface AnswerParts {
  scenario: Scenario
  judge: Judge
  limit: AdaptiveLimit
}

/**
 * Who writes the answers anew; undefined when those of the dataset are judged.
 * @throws Ep23Error USAGE (64) for repeats without a writer, and for a judge that cannot judge what is written only now
 */
export async function openAnswers(
  runtime: Runtime,
  {answers, llm}: AskedRun,
  {scenario, judge, limit}: AnswerParts,
): Promise<AskedAnswers | undefined> {
  const {repeats, writer: name, ...flags} = answers
  if (name === undefined && repeats === 1) return undefined
  if (name === undefined)
    throw usageError(`--answer-repeats ${repeats}: the dataset has one answer to each source, who shall write more?`, [
      'name a model at LLM_URL: --answer-writer openai:MODEL',
      'or write without a model: --answer-writer extractive',
      'to judge the same answers several times: --judge-repeats',
    ])
  if (judge.name === 'recorded')
    throw usageError('--answer-writer: stored scores are of the stored answers, not of those written anew', [
      'choose another judge: --judge lexical or --judge llm',
    ])
  if (judge.begin)
    throw usageError(
      `--answer-writer: the judge ${judge.name} reads the dataset beforehand and sees no answer written anew`,
      ['choose another judge: --judge lexical or --judge llm'],
    )
  return {writer: await openWriter(name, scenario, {runtime, llm, limit, flags}), repeats}
}
