import {interruptedError, type Step} from '@ep23/sdk'

import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {tellUnproven} from '../../domain/telling/tell-run.js'
import {judgeSamples} from './judge-samples.js'
import {makePlan} from './make-plan.js'
import {recordMetrics} from './record-metrics.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {type RunState, settled} from './run-state.js'
import {stageDataset} from './stage-dataset.js'
import {writeResults} from './write-results.js'
import {writeSamples} from './write-samples.js'

export interface RunOutcome {
  result: RunResult
  warnings: string[]
}

/**
 * Judges a dataset and decides. A run that was killed or stopped is completed with `resume`; nothing that was judged is lost.
 * @throws Ep23Error BENCHMARK_* (65) for data that cannot be judged or resumed, INTERRUPTED (130) by Ctrl-C with the journal kept
 */
export async function runBenchmark(deps: RunDeps, request: RunRequest): Promise<RunOutcome> {
  const state: RunState = {files: [], warnings: []}
  try {
    await deps.progress.run(steps(deps, request), state)
  } catch (error) {
    if (!deps.signal.aborted) throw error
    throw interruptedError(whatStands(deps, state))
  } finally {
    await closeJudge(deps, request, state)
  }
  const result = settled(state, 'result')
  recordMetrics(deps.metrics, result)
  return {result, warnings: [...state.warnings, ...runWarnings(result, state)]}
}

function steps(deps: RunDeps, request: RunRequest): Step<RunState>[] {
  return [
    {title: 'Read the dataset', run: (state, report) => stageDataset(deps, request, state, report)},
    {title: 'Plan', run: state => makePlan(deps, request, state)},
    {title: 'Judge', run: (state, report) => judgeSamples(deps, request, state, report)},
    {
      title: 'Assess and write results',
      run: async (state, report) => {
        deps.signal.throwIfAborted()
        const assessment = await writeSamples(deps, request, state, report)
        report.note(assessment.verdict)
        await writeResults(deps, request, state, assessment)
      },
    },
  ]
}

async function closeJudge({folder, clock, run}: RunDeps, {judge}: RunRequest, {plan, result}: RunState): Promise<void> {
  await judge.close?.()
  if (plan === undefined || result !== undefined) return
  const seconds = (clock.now().getTime() - run.started_at.getTime()) / 1000
  const kept = {...plan, spent_seconds: plan.spent_seconds + seconds}
  await folder.write(RUN_FILES.plan, `${JSON.stringify(kept, undefined, 2)}\n`)
}

function whatStands({folder}: RunDeps, {journal}: RunState): string {
  return journal
    ? `${journal.size} judgements are kept in ${folder.path}; run the same command with --resume to go on`
    : 'nothing was judged yet'
}

function runWarnings(result: RunResult, {stopped}: RunState): string[] {
  const {dataset, assessment} = result
  const warnings = [...tellUnproven(dataset).map(({en}) => en), ...assessment.notes]
  if (stopped !== undefined) warnings.push(`stopped early: ${stopped}; --resume with a higher limit goes on`)
  if (dataset.left_out)
    warnings.push(`--limit left out ${dataset.left_out} of ${dataset.left_out + dataset.records} samples`)
  return warnings
}
