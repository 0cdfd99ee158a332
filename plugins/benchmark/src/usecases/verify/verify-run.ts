import {canonicalLine} from '@ep23/plugin-exporters'
import {hasCode, isObject, errorMessage, type Message, type Text, isMessage} from '@ep23/sdk'

import {sealDifference} from '../../domain/hashes.js'
import {judgePrompt, PROMPT_VERSIONS} from '../../domain/judge-prompts.js'
import {RUN_FILES, type RunPlan} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {writingPrompt} from '../../domain/writing-prompt.js'
import {projectionsOf} from '../run/projections.js'
import {
  check,
  type Check,
  filesDifference,
  type FilesDeps,
  firstDifferenceOf,
  nothingComputed,
  type Verification,
} from './checks.js'
import {canonicalFormOf, type LineDeps} from './evidence.js'
import {firstDifference, firstDifferentLine, storedComputed} from './first-difference.js'
import {obstacle} from './recompute-scores.js'
import {type LineFindings, verifyLines} from './verify-lines.js'
import {message} from '../../words/words.js'

export interface VerifyDeps extends LineDeps, FilesDeps {
  /** Of this ep23. */
  version: string
}

/**
 * Computes everything again that a run says, offline, from its dataset and its raw answers, and compares it byte for byte. What only
 * says it in words is compared where this version wrote it: another one may word the same facts differently.
 */
export async function verifyRun(deps: VerifyDeps, run: RunResult): Promise<Verification> {
  const files = check('files', await filesDifference(deps, run.files))
  const seal = check(RUN_FILES.result, sealDifference(run, deps.hashText))
  const lines = await verifyLines(deps, run).catch((error: unknown) => {
    // What was changed in the run may make no sense beside its lines.
    if (seal.ok) return unreadable(error)
    return hasCode(error, 'BENCHMARK_BAD_LINE') ? errorMessage(error) : undefined
  })
  if (lines === undefined) return nothingComputed(run.run_id, [files, seal])
  if (isMessage(lines)) return nothingComputed(run.run_id, [files, check('lines', lines), ...(seal.ok ? [] : [seal])])
  // What a changed run says of its writer counts for nothing.
  const isOwn = !seal.ok || run.ep23_version === deps.version
  const checks = [
    files,
    check('fingerprint', firstDifference(run.fingerprint, deps.hashText(canonicalLine(run.identity)), 'fingerprint')),
    check('scenario', scenarioDifference(deps, run)),
    check('prompt', promptDifference(deps, run)),
    check('dataset', datasetDifference(run, lines)),
    check('raw answers', lines.replyDifference),
    ...(run.identity.judge.name === 'recorded' ? [check('stored scores', recordedDifference(run, lines))] : []),
    ...(run.identity.answers.model === null ? [] : [check('written answers', answersDifference(deps, run, lines))]),
    check('scores', lines.scoreDifference ?? missingLines(run, lines)),
    check('assessment', assessmentDifference(run, lines, isOwn)),
    // Of a run that was changed they could be anything.
    ...(seal.ok ? await projectionChecks(deps, run, isOwn) : []),
    check(RUN_FILES.plan, await planDifference(deps, run)),
    seal.ok ? check(RUN_FILES.result, originsDifference(run, lines)) : seal,
  ]
  return {
    run_id: run.run_id,
    checks,
    first_difference: firstDifferenceOf(checks),
    judgements: lines.lines,
    recomputed: lines.recomputed,
    notes: [...notesOf(run, lines), ...(isOwn ? [] : [wordsTaken(deps, run)])],
  }
}

/**
 * A line that is no JSON, or JSON of something else than a line of a run, ends the walk: what stands behind it cannot be paired with
 * anything. Whoever changed it may have made anything of it, so that what it breaks is no fault of the walk.
 */
function unreadable(error: unknown): Message {
  if (hasCode(error, 'BENCHMARK_BAD_LINE')) return errorMessage(error)
  if (typeof (error as {exit?: unknown}).exit === 'number') throw error
  return message('lineNoSense', {problem: errorMessage(error)})
}

function scenarioDifference({hashText}: VerifyDeps, {scenario, identity}: RunResult): Text | undefined {
  return firstDifference(identity.scenario.sha256, hashText(canonicalLine(scenario)), 'identity.scenario.sha256')
}

function promptDifference({hashText}: VerifyDeps, {identity}: RunResult): Text | undefined {
  const {name, prompt} = identity.judge
  if (name !== 'llm' || prompt === null) return undefined
  if (!PROMPT_VERSIONS.includes(prompt.version)) return `this ep23 knows no prompt ${prompt.version}`
  return firstDifference(prompt.sha256, hashText(judgePrompt(prompt.version).text), 'identity.judge.prompt.sha256')
}

function datasetDifference({identity, dataset}: RunResult, lines: LineFindings): Text | undefined {
  const stored = {...identity.dataset, root: dataset.merkle_root}
  return (
    lines.datasetDifference ??
    firstDifference(stored, {merkle_root: lines.root, records: lines.records, root: lines.root}, 'dataset')
  )
}

/** Whose stored scores they are. */
function recordedDifference({identity: {judge}}: RunResult, {recordedJudges}: LineFindings): Text | undefined {
  const [name = '', ...parts] = judge.signature.split('|')
  const plain = [name, ...parts.filter(part => !part.startsWith('by:'))].join('|')
  const {recorded_by: _by, judges: _judges, ...settings} = judge.settings
  return firstDifference(judge, recordedJudges.identity({...judge, signature: plain, settings}), 'identity.judge')
}

async function planDifference({files}: VerifyDeps, run: RunResult): Promise<Text | undefined> {
  const text = await files.text(RUN_FILES.plan)
  if (text === undefined) return message('itIsMissing')
  const {run_id, identity, started_at, attempts} = run
  const plan = readPlan(text)
  if (plan === undefined) return message('notPlanOfRun')
  const stored = {run_id: plan.run_id, identity: plan.identity, started_at: plan.started_at, attempts: plan.attempts}
  return firstDifference(stored, JSON.parse(JSON.stringify({run_id, identity, started_at, attempts})))
}

function readPlan(text: string): RunPlan | undefined {
  try {
    const plan: unknown = JSON.parse(text)
    return isObject(plan) ? (plan as unknown as RunPlan) : undefined
  } catch {
    return undefined
  }
}

/** What a run says of its records beside their root. */
function originsDifference({dataset}: RunResult, {byOrigin, byChannel}: LineFindings): Text | undefined {
  const stored = {records: dataset.by_origin, channels: dataset.by_channel}
  return firstDifference(stored, {records: {...noneOf(dataset.by_origin), ...byOrigin}, channels: byChannel}, 'dataset')
}

function noneOf(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.keys(counts).map(name => [name, 0]))
}

/** The prompt that the answers were asked for with, and every text against its hash. */
function answersDifference({hashText}: VerifyDeps, {identity, scenario}: RunResult, lines: LineFindings) {
  const asked = writingPrompt(scenario.prompt)
  const known = identity.answers.prompt && asked?.version === identity.answers.prompt.version ? asked : undefined
  const stored = identity.answers.prompt?.sha256
  const differs = known && firstDifference(stored, hashText(known.text), 'identity.answers.prompt.sha256')
  return differs ?? lines.answerDifference
}

function missingLines({identity}: RunResult, {records, lines}: LineFindings): Text | undefined {
  const expected = records * identity.answers.repeats * identity.judge_repeats
  return lines === expected ? undefined : storedComputed(message('numberOfLines'), lines, expected)
}

function wordsTaken({version}: VerifyDeps, {ep23_version: wrote}: RunResult): Message {
  return message('wordsTaken', {wrote, version})
}

function assessmentDifference({assessment}: RunResult, lines: LineFindings, isOwn: boolean): Text | undefined {
  const [stored, found] = [assessment, lines.assessment].map(each => (isOwn ? each : withoutWords(each)))
  const computed = canonicalFormOf(found)
  if (computed !== undefined && computed === canonicalFormOf(stored)) return undefined
  const again: unknown = JSON.parse(computed ?? JSON.stringify(found))
  return firstDifference(stored, again, 'assessment') ?? message('bytesDiffer')
}

function withoutWords(assessment: RunResult['assessment']): RunResult['assessment'] {
  // Whoever seals a run anew may have put anything there.
  const {gates}: {gates: unknown} = assessment
  return Array.isArray(gates) ? {...assessment, gates: gates.map(gate => ({...gate, reason: ''}))} : assessment
}

async function projectionChecks({files}: VerifyDeps, run: RunResult, isOwn: boolean): Promise<Check[]> {
  const projections = Object.entries(await projectionsOf({...run, files: []}))
  const compared = isOwn ? projections : projections.filter(([name]) => name === RUN_FILES.csv)
  return Promise.all(
    compared.map(async ([name, computed]) => check(name, firstDifferentLine((await files.text(name)) ?? '', computed))),
  )
}

function notesOf(run: RunResult, {lines, recomputed}: LineFindings): Message[] {
  const reason = obstacle(run)
  if (reason !== undefined) return [message('takenAsTheyStand', {reason})]
  const rest = lines - recomputed
  return rest === 0 ? [] : [message('reasonsTaken', {rest, lines})]
}
