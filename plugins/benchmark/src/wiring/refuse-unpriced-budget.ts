import {type Judge, usageError} from '@ep23/sdk'

import type {AskedAnswers} from '../domain/answers/answer-writer.js'
import type {AskedRun} from './asked-run.js'

/**
 * A limit of cost that nothing counts against would never be reached.
 * @throws Ep23Error USAGE (64) for `--max-cost` without the prices of every model that is asked
 */
export function refuseUnpricedBudget(flags: AskedRun, judge: Judge, answers: AskedAnswers | undefined): void {
  if (flags.limits.maxCost === undefined) return
  const {promptPrice, completionPrice, model} = flags.llm
  const judgePriced = promptPrice !== undefined && completionPrice !== undefined
  if (judge.name === 'llm' && !judgePriced)
    throw usageError('--max-cost needs the prices of the judge', [
      '--prompt-price and --completion-price, of a million tokens',
      'or limit what is known without prices: --max-tokens',
    ])
  if (answers?.writer.concurrency === undefined) return
  const {promptPrice: prompt, completionPrice: completion} = flags.answers
  const same = judgePriced && answers.writer.model === model
  if (!same && (prompt === undefined || completion === undefined))
    throw usageError('--max-cost needs the prices of the writer', [
      '--answer-prompt-price and --answer-completion-price, of a million tokens',
      'or limit what is known without prices: --max-tokens',
    ])
}
