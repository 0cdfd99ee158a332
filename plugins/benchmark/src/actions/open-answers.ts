import {type Judge, usageError} from '@ep23/sdk'

import type {AskerSources} from '../adapters/open-asker.js'
import type {AnswerOptions} from '../domain/answers.js'
import type {Scenario} from '../domain/scenario.js'
import type {AskingFlags} from '../answer-flags.js'
import type {RunFlags} from '../flags.js'
import type {RunRequest} from '../usecases/run/run-request.js'
import {writerOptions} from './run-options.js'
import {message} from '../words/words.js'

/**
 * A limit of cost that nothing counts against would never be reached.
 * @throws Ep23Error USAGE (64) for `--max-cost` without the prices of every model that is asked
 */
export function assertPricedBudget(flags: RunFlags, {judge, answers}: Pick<RunRequest, 'judge' | 'answers'>): void {
  if (flags['max-cost'] === undefined) return
  const judgePriced = flags['prompt-price'] !== undefined && flags['completion-price'] !== undefined
  if (judge.name === 'llm' && !judgePriced)
    throw usageError(message('costNeedsJudgePrices'), [message('judgePrices'), message('orLimitTokens')])
  if (answers?.writer.concurrency === undefined) return
  const writerPriced = flags['answer-prompt-price'] !== undefined && flags['answer-completion-price'] !== undefined
  const isJudge = judgePriced && answers.writer.model === flags.model
  if (!isJudge && !writerPriced)
    throw usageError(message('costNeedsWriterPrices'), [message('writerPrices'), message('orLimitTokens')])
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
    throw usageError(message('whoWrites', {scenario: scenario.name}), [message('nameModelAt'), message('orExtractive')])
  if (name === undefined && repeats === 1) return undefined
  if (name === undefined)
    throw usageError(message('repeatsNeedWriter', {repeats}), [
      message('nameModel'),
      message('orWriteWithoutModel'),
      message('judgeSameAgain'),
    ])
  if (judge.name === 'recorded') throw usageError(message('storedScoresOfStored'), [message('chooseJudge')])
  if (judge.begin) throw usageError(message('judgeReadsBeforehand', {name: judge.name}), [message('chooseJudge')])
  const {openWriter} = await import('../adapters/open-writer.js')
  return {writer: await openWriter(name, scenario, {...sources, options: writerOptions(flags)}), repeats}
}
