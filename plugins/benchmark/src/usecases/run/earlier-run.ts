import {badDataError, joined, usageError} from '@ep23/sdk'

import {RUN_FILES, type RunFolder, type RunPlan} from '../../domain/run-folder.js'
import type {RunIdentityFacts} from '../../domain/run-result.js'
import {message} from '../../words/words.js'
import {differenceMessage, runDifferences, worthKnowing} from '../compare/run-differences.js'

/**
 * The plan that a resumed run holds to; undefined where one begins. Entries of a journal are known by their place alone, so a
 * journal belongs to the plan beside it and to no other: a run is not begun over one, and what was paid for stays.
 * @throws Ep23Error USAGE (64) for a run that would begin over an unfinished one, BENCHMARK_RESUME_REFUSED (65) without a plan
 */
export async function earlierPlan(folder: RunFolder, {resume}: {resume: boolean}): Promise<RunPlan | undefined> {
  const plan = resume ? await folder.plan() : undefined
  if (plan || !(await holdsJournal(folder))) return plan
  const {path} = folder
  const suggestions = [message('beginAnotherRun'), message('removeUnfinished')]
  if (!resume) throw usageError(message('folderUnfinished', {folder: path}), [message('resumeIt'), ...suggestions])
  const lost = message('planLost', {folder: path, file: RUN_FILES.plan})
  throw badDataError('BENCHMARK_RESUME_REFUSED', lost, suggestions)
}

async function holdsJournal(folder: RunFolder): Promise<boolean> {
  return (await folder.holds(RUN_FILES.journal)) || folder.holds(RUN_FILES.answerJournal)
}

/** @throws Ep23Error BENCHMARK_RESUME_REFUSED (65) showing every difference between then and now */
export function assertUnchanged(then: RunIdentityFacts, now: RunIdentityFacts, folder: string): void {
  const differences = [...runDifferences(then, now, 'sample'), ...worthKnowing(then, now)].map(differenceMessage)
  if (differences.length === 0) return
  throw badDataError(
    'BENCHMARK_RESUME_REFUSED',
    message('cannotResume', {folder, differences: joined(differences, '\n  ')}),
    [message('goBack'), message('beginAnotherRun')],
  )
}
