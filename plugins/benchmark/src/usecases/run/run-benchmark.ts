import {hasCode, interruptedError, type StepReport, type Steps, type Message} from '@ep23/sdk'

import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {unprovenMessages, noteMessage} from '../../domain/messages/run-messages.js'
import {type BegunRun, beginRun, identityOf, type JudgedRun} from './begin-run.js'
import {assertUnchanged, earlierPlan} from './earlier-run.js'
import {judgeSamples} from './judge-samples.js'
import {recordMetrics} from './record-metrics.js'
import type {RunDeps, RunRequest} from './run-request.js'
import {type CountedDataset, stageDataset} from './stage-dataset.js'
import {writeResults} from './write-results.js'
import {writeSamples} from './write-samples.js'
import {englishNameOf} from '../../domain/messages/names.js'
import {message} from '../../words/words.js'
import {messageOf} from '../../domain/messages/localized-text.js'

export interface RunOutcome {
  result: RunResult
  warnings: Message[]
}

const STEPS = ['Read the dataset', 'Plan', 'Judge', 'Assess and write results'] as const

/**
 * Judges a dataset and decides. A run that was killed or stopped is completed with `resume`; nothing that was judged is lost.
 * @throws Ep23Error BENCHMARK_* (65) for data that cannot be judged or resumed, USAGE (64) over an unfinished run without `resume`,
 * INTERRUPTED (130) by Ctrl-C with the journal kept
 */
export async function runBenchmark(deps: RunDeps, request: RunRequest): Promise<RunOutcome> {
  const warnings: Message[] = []
  const warn = (sentence: Message): void => {
    warnings.push(sentence)
    deps.logger.warn({run_id: deps.run.run_id}, sentence.english)
  }
  try {
    const {result, stopped} = await deps.folder.exclusively(() =>
      deps.progress.steps(STEPS, steps => runSteps(deps, request, steps, warn)),
    )
    recordMetrics(deps.metrics, result)
    return {result, warnings: [...warnings, ...runWarnings(result, stopped)]}
  } catch (error) {
    throw deps.signal.aborted && !hasCode(error, 'INTERRUPTED') ? interruptedError(message('nothingJudged')) : error
  }
}

async function runSteps(
  deps: RunDeps,
  request: RunRequest,
  {step}: Steps<(typeof STEPS)[number]>,
  warn: (sentence: Message) => void,
): Promise<{result: RunResult; stopped: Message | undefined}> {
  const {folder} = deps
  const earlier = await earlierPlan(folder, request)
  const accept = (counted: CountedDataset): void => {
    if (earlier) assertUnchanged(earlier.identity, identityOf(deps, request, counted), folder.path)
  }
  const dataset = await step('Read the dataset', report => stageDataset(deps, request, {report, accept}))
  const run = await step('Plan', () => beginRun(deps, request, dataset, earlier))
  try {
    const stopped = await step('Judge', report => judgeSamples(deps, request, run, {report, warn}))
    const judged = {...run, stopped}
    const result = await step('Assess and write results', report => assess(deps, request, judged, report))
    return {result, stopped}
  } catch (error) {
    await keepTime(deps, run)
    throw deps.signal.aborted ? interruptedError(whatIsKept(deps, run)) : error
  }
}

async function assess(deps: RunDeps, request: RunRequest, run: JudgedRun, report: StepReport): Promise<RunResult> {
  deps.signal.throwIfAborted()
  const assessed = await writeSamples(deps, request, run, report)
  report.note(englishNameOf(assessed.assessment.verdict))
  return writeResults(deps, request, run, assessed)
}

/** What this attempt took counts when a later one completes the run. */
async function keepTime({folder, clock, run: {started_at}}: RunDeps, {plan}: BegunRun): Promise<void> {
  const seconds = (clock.now().getTime() - started_at.getTime()) / 1000
  const kept = {...plan, spent_seconds: plan.spent_seconds + seconds}
  await folder.write(RUN_FILES.plan, `${JSON.stringify(kept, undefined, 2)}\n`)
}

function whatIsKept({folder}: RunDeps, {journal}: BegunRun): Message {
  return message('judgementsKept', {judgements: journal.size, folder: folder.path})
}

function runWarnings(result: RunResult, stopped: Message | undefined): Message[] {
  const {dataset, assessment} = result
  const notes = assessment.notes.map(note => noteMessage(result, note))
  const warnings = [...unprovenMessages(dataset).map(messageOf), ...notes]
  if (stopped !== undefined) warnings.push(message('stoppedBecause', {stopped}))
  if (dataset.left_out)
    warnings.push(message('limitLeftOut', {left: dataset.left_out, all: dataset.left_out + dataset.records}))
  return warnings
}
