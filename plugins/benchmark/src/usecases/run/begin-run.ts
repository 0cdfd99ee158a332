import {canonicalLine} from '@ep23/plugin-exporters'
import type {Judge, Message} from '@ep23/sdk'

import type {AnswerOptions, AnswerWriter} from '../../domain/answers.js'
import {type AnsweredEntry, type JudgedEntry, type Journal, RUN_FILES, type RunPlan} from '../../domain/run-folder.js'
import type {RunIdentityFacts} from '../../domain/run-result.js'
import type {RunDeps, RunRequest} from './run-request.js'
import type {CountedDataset, StagedDataset} from './stage-dataset.js'

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

/** Writes down what the run sets out to do, or that one more attempt at an earlier plan is made. */
export async function beginRun(
  deps: RunDeps,
  request: RunRequest,
  dataset: StagedDataset,
  earlier: RunPlan | undefined,
): Promise<BegunRun> {
  const plan = earlier
    ? {...earlier, attempts: earlier.attempts + 1}
    : newPlan(deps, identityOf(deps, request, dataset))
  await deps.folder.write(RUN_FILES.plan, `${JSON.stringify(plan, undefined, 2)}\n`)
  const journal = await deps.folder.openJournal<JudgedEntry>(RUN_FILES.journal)
  if (!request.answers) return {dataset, plan, journal}
  const answers = {...request.answers, journal: await deps.folder.openJournal<AnsweredEntry>(RUN_FILES.answerJournal)}
  return {dataset, plan, journal, answers}
}

function newPlan({run, clock}: RunDeps, identity: RunIdentityFacts): RunPlan {
  return {run_id: run.run_id, identity, started_at: clock.now().toISOString(), attempts: 1, spent_seconds: 0}
}

/** Everything that the results of a run depend on. */
export function identityOf({hashText}: RunDeps, request: RunRequest, dataset: CountedDataset): RunIdentityFacts {
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
