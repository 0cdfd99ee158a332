import {Ep23Error, EXIT, printableText, usageError, type Runtime, joined} from '@ep23/sdk'

import {examine, formatFindings, type Finding} from '../findings.js'
import type {Answers} from './answers.js'
import {checksOf} from './checks.js'
import {message} from '../words/words.js'

interface TestedAnswers {
  answers: Answers
  checks: Finding[]
}

interface TestOptions {
  /** Whether the answers are tested at all. */
  check: boolean
}

/**
 * The answers as they are, when they hold.
 * @throws Ep23Error INIT_CHECK_FAILED (69) with what does not
 */
export async function testAnswers(runtime: Runtime, answers: Answers, {check}: TestOptions): Promise<TestedAnswers> {
  const checks = check ? await runChecks(runtime, answers) : []
  const failed = checks.find(({status}) => status === 'down')
  if (failed === undefined) return {answers, checks}
  throw new Ep23Error(
    message('answerFailed', {name: message('checkNamed', {name: failed.name}), detail: failed.detail}),
    {
      code: 'INIT_CHECK_FAILED',
      exit: EXIT.unavailable,
      suggestions: [...(failed.fix === undefined ? [] : [joined([failed.fix])]), message('writeUntested')],
    },
  )
}

/**
 * Asks in the terminal, tests, and asks again until all of it holds or is wanted all the same.
 * @throws Ep23Error USAGE (64) without a terminal, INTERRUPTED (130)
 */
export async function askUntilTested(
  runtime: Runtime,
  proposed: Answers,
  {check, folder}: TestOptions & {folder: string},
): Promise<TestedAnswers> {
  if (!process.stdin.isTTY) throw usageError(message('notTerminal'), [message('initYes')])
  const {askForAnswers, openQuestions} = await import('./ask.js')
  const questions = openQuestions(runtime.signal, runtime.settings.lang)
  try {
    for (let answers = proposed; ;) {
      answers = await askForAnswers(questions, answers, folder)
      const checks = check ? await runChecks(runtime, answers) : []
      await show(checks, runtime)
      const isTaken = checks.every(({status}) => status !== 'down')
      if (isTaken || (await questions.confirm(message('writeAnyway')))) return {answers, checks}
    }
  } finally {
    questions.close()
  }
}

async function runChecks(runtime: Runtime, answers: Answers): Promise<Finding[]> {
  const checks = await runtime.progress.step('Test the answers', () => examine(checksOf(answers), runtime))
  runtime.signal.throwIfAborted()
  return checks
}

async function show(checks: readonly Finding[], {settings}: Runtime): Promise<void> {
  for (const {text} of await formatFindings(checks, settings.lang)) process.stderr.write(`${printableText(text)}\n`)
}
