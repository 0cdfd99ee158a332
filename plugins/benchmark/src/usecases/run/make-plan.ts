import {canonicalLine} from '@ep23/plugin-exporters'
import {badDataError, type Judge} from '@ep23/sdk'

import {RUN_FILES, type RunPlan} from '../../domain/run-folder.js'
import type {RunIdentityFacts} from '../../domain/run-result.js'
import {describeDifference, runDifferences, worthKnowing} from '../compare/run-differences.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {type RunState, settled} from './run-state.js'

/**
 * Writes down what the run sets out to do, or holds to what an earlier attempt wrote down.
 * @throws Ep23Error BENCHMARK_RESUME_REFUSED (65) showing every difference between then and now
 */
export async function makePlan(deps: RunDeps, request: RunRequest, state: RunState): Promise<void> {
  const identity = identityOf(deps, request, state)
  const earlier = request.resume ? await deps.folder.plan() : undefined
  if (earlier) refuseChanges(earlier.identity, identity, deps.folder.path)
  state.plan = earlier ? {...earlier, attempts: earlier.attempts + 1} : newPlan(deps, identity)
  await deps.folder.write(RUN_FILES.plan, `${JSON.stringify(state.plan, undefined, 2)}\n`)
  state.journal = await deps.folder.openJournal(RUN_FILES.journal)
  if (request.answers) state.answerJournal = await deps.folder.openJournal(RUN_FILES.answerJournal)
}

function newPlan({run, clock}: RunDeps, identity: RunIdentityFacts): RunPlan {
  return {run_id: run.run_id, identity, started_at: clock.now().toISOString(), attempts: 1, spent_seconds: 0}
}

function identityOf({hashText}: RunDeps, request: RunRequest, state: RunState): RunIdentityFacts {
  const {scenario, judge, judgeRepeats} = request
  const {merkle_root, records} = settled(state, 'dataset')
  return {
    scenario: {name: scenario.name, version: scenario.version, sha256: hashText(canonicalLine(scenario))},
    dataset: {merkle_root, records},
    judge: judgeFacts(judge, state),
    answers: answerFacts(request),
    judge_repeats: judgeRepeats,
  }
}

function judgeFacts(judge: Judge, state: RunState): RunIdentityFacts['judge'] {
  const {name, scale, signature, model = null, prompt = null, settings = {}} = judge
  const facts = {name, scale, signature, model, prompt, settings}
  return name === 'recorded' ? settled(state, 'recordedJudges').identity(facts) : facts
}

function answerFacts({answers}: RunRequest): RunIdentityFacts['answers'] {
  if (!answers) return {repeats: 1, model: null}
  const {model, prompt, settings} = answers.writer
  return {repeats: answers.repeats, model, prompt, settings}
}

function refuseChanges(then: RunIdentityFacts, now: RunIdentityFacts, folder: string): void {
  const differences = [...runDifferences(then, now, 'sample'), ...worthKnowing(then, now)].map(describeDifference)
  if (differences.length === 0) return
  throw badDataError(
    'BENCHMARK_RESUME_REFUSED',
    `${folder} cannot be resumed, it was begun with something else:\n  ${differences.join('\n  ')}`,
    ['run again without --resume', 'go back to the dataset, scenario and settings it was begun with'],
  )
}
