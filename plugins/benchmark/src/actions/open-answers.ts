import {type Judge, usageError} from '@ep23/sdk'

import type {AskerSources} from '../adapters/open-asker.js'
import type {AnswerOptions} from '../domain/answers.js'
import type {Scenario} from '../domain/scenario.js'
import type {AskingFlags} from '../answer-flags.js'
import type {RunFlags} from '../flags.js'
import {writerOptions} from './run-options.js'

/**
 * A limit of cost that nothing counts against would never be reached.
 * @throws Ep23Error USAGE (64) for `--max-cost` without the prices of every model that is asked
 */
export function assertPricedBudget(flags: RunFlags, judge: Judge, answers: AnswerOptions | undefined): void {
  if (flags['max-cost'] === undefined) return
  const judgePriced = flags['prompt-price'] !== undefined && flags['completion-price'] !== undefined
  if (judge.name === 'llm' && !judgePriced)
    throw usageError('--max-cost needs the prices of the judge', [
      '--prompt-price and --completion-price, of a million tokens',
      'or limit what is known without prices: --max-tokens',
    ])
  if (answers?.writer.concurrency === undefined) return
  const writerPriced = flags['answer-prompt-price'] !== undefined && flags['answer-completion-price'] !== undefined
  const isJudge = judgePriced && answers.writer.model === flags.model
  if (!isJudge && !writerPriced)
    throw usageError('--max-cost needs the prices of the writer', [
      '--answer-prompt-price and --answer-completion-price, of a million tokens',
      'or limit what is known without prices: --max-tokens',
    ])
}

interface AnswerParts {
  scenario: Scenario
  judge: Judge
  sources: AskerSources
}

/**
 * Who writes the answers anew; undefined when those of the dataset are judged.
 * @throws Ep23Error USAGE (64) for repeats without a writer, and for a judge that cannot judge what is written only now
 */
export async function openAnswers(
  flags: AskingFlags,
  {scenario, judge, sources}: AnswerParts,
): Promise<AnswerOptions | undefined> {
  const {'answer-repeats': repeats, 'answer-writer': name} = flags
  if (name === undefined && judge.name === 'injection')
    throw usageError(`scenario ${scenario.name} has posts and no digests: who writes them?`, [
      'name a model at LLM_URL: --answer-writer openai:MODEL',
      'or see what the sentence picker does: --answer-writer extractive',
    ])
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
  const {openWriter} = await import('../adapters/open-writer.js')
  return {writer: await openWriter(name, scenario, {...sources, options: writerOptions(flags)}), repeats}
}
