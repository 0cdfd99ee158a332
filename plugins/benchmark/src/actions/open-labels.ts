import {existsSync} from 'node:fs'
import {join} from 'node:path'

import {type Runtime, usageError} from '@ep23/sdk'

import {isPlan, openPlan, type OpenedPlan, readEvents, readJsonLines, readKey} from '../adapters/label/label-folder.js'
import {storedEvents} from '../adapters/label/label-store.js'
import type {LabelEvent} from '../domain/label/label-event.js'
import {LABEL_FILES, type Reveal} from '../domain/label/label-plan.js'
import {REVEAL_SHAPE} from '../domain/label/label-shapes.js'
import type {LabelFolderFlags} from '../label-flags.js'
import type {LabelledPlan} from '../usecases/label/labels.js'
import {message} from '../words/words.js'

/** A plan by its folder, or by its name in the folder of plans. @throws Ep23Error USAGE (64) */
export async function findPlan(reference: string, labelsDir: string): Promise<OpenedPlan> {
  if (await isPlan(reference)) return openPlan(reference)
  return openPlan(join(labelsDir, reference))
}

export async function eventsOf(
  {store}: Pick<Runtime, 'store'>,
  {folder, plan}: OpenedPlan,
  rater: string,
  where: LabelFolderFlags['labels-in'],
): Promise<LabelEvent[]> {
  return where === 'store' ? storedEvents(store, plan.name, rater) : readEvents(folder, rater)
}

/** All lines of all raters of a plan. */
export async function allEvents(
  runtime: Pick<Runtime, 'store'>,
  opened: OpenedPlan,
  where: LabelFolderFlags['labels-in'],
): Promise<Map<string, LabelEvent[]>> {
  const raters = Object.keys(opened.plan.raters)
  const events = await Promise.all(raters.map(rater => eventsOf(runtime, opened, rater, where)))
  return new Map(raters.map((rater, i) => [rater, events[i] ?? []]))
}

/** A plan with its key and all lines. @throws Ep23Error USAGE (64) where the key is not here */
export async function openLabelled(
  runtime: Pick<Runtime, 'store'>,
  reference: string,
  flags: LabelFolderFlags,
): Promise<{opened: OpenedPlan; labelled: LabelledPlan; revealed: boolean}> {
  const opened = await findPlan(reference, flags['labels-dir'])
  const {plan, rubricId, folder} = opened
  const labelled = {
    plan,
    rubricId,
    key: await readKey(folder),
    events: await allEvents(runtime, opened, flags['labels-in']),
  }
  return {opened, labelled, revealed: await isRevealed(folder)}
}

export async function isRevealed(folder: string): Promise<boolean> {
  return (await readJsonLines<Reveal>(join(folder, LABEL_FILES.reveals), REVEAL_SHAPE)).length > 0
}

export function hasKey({folder}: OpenedPlan): boolean {
  return existsSync(join(folder, LABEL_FILES.key))
}

/** @throws Ep23Error USAGE (64) for somebody whom the plan does not name */
export function assertRater({plan, folder}: OpenedPlan, rater: string): void {
  const raters = Object.keys(plan.raters)
  if (raters.includes(rater)) return
  throw usageError(message('notRater', {rater, folder}), [message('itsRaters', {raters: raters.join(', ')})])
}
