import {appendFile} from 'node:fs/promises'
import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {type CommandResult, type Runtime, usageError} from '@ep23/sdk'

import {saveCalibrations} from '../adapters/calibration-files.js'
import {isPlan, readJsonLines} from '../adapters/label/label-folder.js'
import {textsOf} from '../adapters/label/run-texts.js'
import {openStoredRun} from '../adapters/stored-run.js'
import {hashText} from '../adapters/sha256.js'
import {claimsPrompt} from '../domain/claims/claims-prompt.js'
import {type HeldOutUse, LABEL_FILES} from '../domain/label/label-plan.js'
import {USE_SHAPE} from '../domain/label/label-shapes.js'
import type {StoredRun} from '../domain/run-folder.js'
import type {RunIdentityFacts} from '../domain/run-result.js'
import type {CalibrateFlags} from '../flags.js'
import type {LabelFolderFlags} from '../label-flags.js'
import {judgeAmongPeople} from '../usecases/calibrate/judge-among-people.js'
import {judgeOfStatements, type StatementsAgreement} from '../usecases/calibrate/judge-of-statements.js'
import {judgedBullets} from '../usecases/calibrate/judged-bullets.js'
import type {LabelledPlan} from '../usecases/label/labels.js'
import {type PeopleCalibration, peopleNotes, renderPeopleCalibration} from '../usecases/calibrate/render-people.js'
import {drawPlan} from './label-plan.js'
import {openLabelled} from './open-labels.js'
import {message} from '../words/words.js'

export type CalibratePlanFlags = CalibrateFlags & LabelFolderFlags

/** Whether `--labels` names a plan of `benchmark:label` and no file of labels. */
export async function namesPlan({labels, 'labels-dir': folder}: CalibratePlanFlags): Promise<string | undefined> {
  if (await isPlan(labels)) return labels
  return (await isPlan(join(folder, labels))) ? join(folder, labels) : undefined
}

/** `benchmark:calibrate` with the labels of a plan. */
export async function calibratePlan(
  runtime: Runtime,
  folder: string,
  flags: CalibratePlanFlags,
): Promise<CommandResult<PeopleCalibration>> {
  const {clock, settings} = runtime
  const {opened, labelled} = await openLabelled(runtime, folder, flags)
  const {plan} = opened
  if (plan.mode === 'pair')
    throw usageError(message('planOfMode', {folder, mode: plan.mode}), [message('makeScorePlan')])
  const runs = await Promise.all(Object.values(labelled.key.runs).map(from => openStoredRun(join(folder, from))))
  const {name, signature, model} = assertOneJudge(runs)
  if (plan.mode === 'claims') assertJudgesClaims(folder, runs)
  const texts = (await Promise.all(runs.map(textsOf))).flat()
  const uses = await noteUse(folder, instrumentText({signature, model}), {part: flags.part, at: clock.now()})
  const scores = judgeAmongPeople(labelled, texts, {
    part: flags.part,
    judge: name,
    signature,
    model,
    seed: flags.seed,
    resamples: flags.resamples,
    labelsSha256: hashText([...labelled.events].map(([rater, lines]) => canonicalLine({rater, lines})).join('\n')),
    heldOutUses: uses.length,
    at: clock.now().toISOString(),
  })
  const judges = new Set(uses.map(({judge}) => judge)).size
  const statements = plan.mode === 'claims' ? await statementsOf(runs, labelled, flags.part) : null
  const data: PeopleCalibration = {
    plan: plan.name,
    judge: name,
    signature,
    scores,
    statements,
    next: flags.next === undefined ? null : await planNext(folder, runs, labelled, {...flags, next: flags.next}),
    saved: flags.save ? await saveCalibrations(settings.datasetDir, scores) : [],
    notes: peopleNotes(scores, statements, {uses: uses.length, judges, part: flags.part, save: flags.save}),
  }
  return {data, text: renderPeopleCalibration(data, settings.lang)}
}

async function statementsOf(
  runs: readonly StoredRun[],
  labelled: LabelledPlan,
  part: CalibratePlanFlags['part'],
): Promise<StatementsAgreement> {
  const digests = (await Promise.all(runs.map(judgedBullets))).flat()
  return judgeOfStatements(labelled, digests, part)
}

/** Of other judges nobody knows what they think of one item. */
function assertJudgesClaims(folder: string, runs: readonly StoredRun[]): void {
  if (runs.every(({run}) => run.identity.judge.prompt?.version === claimsPrompt.version)) return
  throw usageError(message('planOfClaims', {folder}), [message('judgeClaims'), message('makeScorePlan')])
}

function assertOneJudge(runs: readonly StoredRun[]): RunIdentityFacts['judge'] {
  const judges = new Map(runs.map(({run: {identity}}) => [instrumentText(identity.judge), identity.judge]))
  const [judge, ...others] = judges.values()
  if (judge && others.length === 0) return judge
  throw usageError(message('severalJudges'), [message('planOfOneJudge')])
}

/** What tells one judge from another: the prompt or formula, and the model that it asks. */
function instrumentText({signature, model}: Pick<RunIdentityFacts['judge'], 'signature' | 'model'>): string {
  return model === null ? signature : `${signature} ${model}`
}

/** Every look at the held-out labels is written down; whoever looks often enough finds a judge that fits them. */
async function noteUse(
  folder: string,
  judge: string,
  {part, at}: {part: CalibratePlanFlags['part']; at: Date},
): Promise<HeldOutUse[]> {
  const path = join(folder, LABEL_FILES.uses)
  const before = await readJsonLines<HeldOutUse>(path, USE_SHAPE)
  if (part !== 'held_out' && part !== 'all') return before
  const use: HeldOutUse = {at: at.toISOString(), judge}
  await appendFile(path, `${JSON.stringify(use)}\n`)
  return [...before, use]
}

/** A plan of digests that this one does not have, for the same raters. */
async function planNext(
  folder: string,
  runs: readonly StoredRun[],
  {plan, key}: LabelledPlan,
  {next: size, explain, seed}: CalibratePlanFlags & {next: number},
): Promise<PeopleCalibration['next']> {
  const taken = new Set(
    Object.values(key.items).flatMap(({texts}) => texts.map(({run_id, sample_id}) => `${run_id} ${sample_id}`)),
  )
  const made = await drawPlan(runs, {
    ...{mode: plan.mode, seed, size, overlap: plan.overlap, warmUp: 0, raters: Object.keys(plan.raters)},
    sampling: 'uncertain',
    name: `${plan.name}-next-${plan.items.length + size}`,
    folder: `${folder.replace(/\/+$/u, '')}-next-${plan.items.length + size}`,
    taken,
  })
  return {
    folder: made.folder,
    items: made.plan.items.length,
    pool: made.plan.pool,
    drawn: explain ? made.plan.items.map(({item, probability}) => ({item, probability})) : null,
  }
}
