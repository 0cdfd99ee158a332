import {canonicalLine} from '@ep23/plugin-exporters'
import {badDataError, joined, type Judge, type Message} from '@ep23/sdk'

import type {AnswerOptions, AnswerWriter} from '../../domain/answers.js'
import {type AnsweredEntry, type JudgedEntry, type Journal, RUN_FILES, type RunPlan} from '../../domain/run-folder.js'
import type {RunIdentityFacts} from '../../domain/run-result.js'
import {differenceMessage, runDifferences, worthKnowing} from '../compare/run-differences.js'
import type {RunDeps, RunRequest} from './run-request.js'
import type {StagedDataset} from './stage-dataset.js'
import {message} from '../../words/words.js'

/** A run that is being judged. */
export interface BegunRun {
  dataset: StagedDataset
  plan: RunPlan
  journal: Journal<JudgedEntry>
  /** Answers written anew; absent when those of the dataset are judged. */
  answers?: AnswerOptions & {journal: Journal<AnsweredEntry>}
}

export interface JudgedRun extends BegunRun {
  /** Why it stopped before the last sample, in a sentence. */
  stopped: Message | undefined
}

/**
 * Writes down what the run sets out to do, or holds to what an earlier attempt wrote down.
 * @throws Ep23Error BENCHMARK_RESUME_REFUSED (65) showing every difference between then and now
 */
export async function beginRun(deps: RunDeps, request: RunRequest, dataset: StagedDataset): Promise<BegunRun> {
  const identity = identityOf(deps, request, dataset)
  const earlier = request.resume ? await deps.folder.plan() : undefined
  if (earlier) assertUnchanged(earlier.identity, identity, deps.folder.path)
  const plan = earlier ? {...earlier, attempts: earlier.attempts + 1} : newPlan(deps, identity)
  await deps.folder.write(RUN_FILES.plan, `${JSON.stringify(plan, undefined, 2)}\n`)
  const journal = await deps.folder.openJournal<JudgedEntry>(RUN_FILES.journal)
  if (!request.answers) return {dataset, plan, journal}
  const answers = {...request.answers, journal: await deps.folder.openJournal<AnsweredEntry>(RUN_FILES.answerJournal)}
  return {dataset, plan, journal, answers}
}

function newPlan({run, clock}: RunDeps, identity: RunIdentityFacts): RunPlan {
  return {run_id: run.run_id, identity, started_at: clock.now().toISOString(), attempts: 1, spent_seconds: 0}
}

function identityOf({hashText}: RunDeps, request: RunRequest, dataset: StagedDataset): RunIdentityFacts {
  const {scenario, judge, judgeRepeats} = request
  const {merkle_root, records} = dataset.facts
  return {
    scenario: {name: scenario.name, version: scenario.version, sha256: hashText(canonicalLine(scenario))},
    dataset: {merkle_root, records},
    judge: judge.name === 'recorded' ? dataset.recordedJudges.identity(judgeFacts(judge)) : judgeFacts(judge),
    answers: answerFacts(request),
    judge_repeats: judgeRepeats,
  }
}

/** What a judge is; runs of judges that differ in any of it are never compared. */
export function judgeFacts(judge: Judge): RunIdentityFacts['judge'] {
  const {name, scale, signature, model = null, prompt = null, settings = {}} = judge
  return {name, scale, signature, model, prompt, settings}
}

export function writerFacts({model, prompt, settings}: AnswerWriter): Omit<RunIdentityFacts['answers'], 'repeats'> {
  return {model, prompt, settings}
}

function answerFacts({answers}: RunRequest): RunIdentityFacts['answers'] {
  if (!answers) return {repeats: 1, model: null}
  return {repeats: answers.repeats, ...writerFacts(answers.writer)}
}

function assertUnchanged(then: RunIdentityFacts, now: RunIdentityFacts, folder: string): void {
  const differences = [...runDifferences(then, now, 'sample'), ...worthKnowing(then, now)].map(differenceMessage)
  if (differences.length === 0) return
  throw badDataError(
    'BENCHMARK_RESUME_REFUSED',
    message('cannotResume', {folder, differences: joined(differences, '\n  ')}),
    [message('runWithoutResume'), message('goBack')],
  )
}
