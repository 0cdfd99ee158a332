import {access, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {
  badDataError,
  ownField,
  readTextIfThere,
  type Shape,
  shapeProblem,
  systemError,
  usageError,
  writeFileAtomically,
  joined,
  type Message,
  type Text,
} from '@ep23/sdk'

import type {LabelEvent} from '../../domain/label/label-event.js'
import {LABEL_FILES, type LabelItem, type LabelKey, type LabelPlan} from '../../domain/label/label-plan.js'
import {EVENT_SHAPE, ITEM_SHAPE, KEY_SHAPE, PLAN_SHAPE, RUBRIC_SHAPE} from '../../domain/label/label-shapes.js'
import {DEFAULT_RUBRIC, type Rubric} from '../../domain/label/rubric.js'
import {hashText} from '../sha256.js'
import {message} from '../../words/words.js'

/** A rater's name is a file's name. */
const RATER = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u

export interface OpenedPlan {
  folder: string
  plan: LabelPlan
  items: ReadonlyMap<string, LabelItem>
  rubric: Rubric
  /** First characters of the rubric's SHA-256: what lines name it by. */
  rubricId: string
}

/** @throws Ep23Error USAGE (64) for a name that could not be a file's, or one that the plan's own files have */
export function assertRaters(raters: readonly string[]): void {
  const taken = new Set(Object.values(LABEL_FILES).map(file => file.split('.')[0]))
  const wrong = raters.find((rater, i) => !RATER.test(rater) || taken.has(rater) || raters.indexOf(rater) !== i)
  if (raters.length === 0 || wrong !== undefined)
    throw usageError(wrong === undefined ? message('noRaterNamed') : message('notRaterName', {wrong}), [
      message('raterNames'),
    ])
}

/** Writes a plan into a folder of its own. @throws Ep23Error USAGE (64) when another plan stands there */
export async function writePlan(
  folder: string,
  {plan, key, items}: {plan: LabelPlan; key: LabelKey; items: readonly LabelItem[]},
): Promise<void> {
  const text = `${canonicalLine(plan)}\n`
  const known = await readTextIfThere(join(folder, LABEL_FILES.plan))
  if (known !== undefined && known !== text)
    throw usageError(message('otherPlanIn', {folder}), [message('otherPlanName')])
  await writeFileAtomically(join(folder, LABEL_FILES.items), items.map(item => `${canonicalLine(item)}\n`).join(''))
  await writeFileAtomically(join(folder, LABEL_FILES.key), `${canonicalLine(key)}\n`)
  if ((await readTextIfThere(join(folder, LABEL_FILES.rubric))) === undefined)
    await writeFileAtomically(join(folder, LABEL_FILES.rubric), `${JSON.stringify(DEFAULT_RUBRIC, undefined, 2)}\n`)
  // Last: a folder with it is whole.
  await writeFileAtomically(join(folder, LABEL_FILES.plan), text)
}

export async function isPlan(folder: string): Promise<boolean> {
  return access(join(folder, LABEL_FILES.plan)).then(
    () => true,
    () => false,
  )
}

/** @throws Ep23Error USAGE (64) when there is no plan, BENCHMARK_BAD_PLAN (65) for one whose items changed */
export async function openPlan(folder: string): Promise<OpenedPlan> {
  if (!(await isPlan(folder))) throw usageError(message('noPlanIn', {folder}), [message('makePlan')])
  const plan = await readJson<LabelPlan>(folder, LABEL_FILES.plan, PLAN_SHAPE)
  const stranger = Object.keys(plan.raters).find(rater => !RATER.test(rater))
  if (stranger !== undefined) throw badPlan(folder, message('cannotBeRater', {stranger}))
  const items = new Map(
    (await readJsonLines<LabelItem>(join(folder, LABEL_FILES.items), ITEM_SHAPE)).map(item => [item.item, item]),
  )
  const changed = plan.items.find(({item, sha256}) => hashText(canonicalLine(items.get(item) ?? {})) !== sha256)
  if (changed) throw badPlan(folder, message('notPlanned', {item: changed.item, file: LABEL_FILES.items}))
  const rubric = await readJson<Rubric>(folder, LABEL_FILES.rubric, RUBRIC_SHAPE)
  const unknown = plan.scores.find(score => !ownField(rubric.scores, score))
  if (unknown !== undefined) throw badPlan(folder, message('rubricSilent', {file: LABEL_FILES.rubric, unknown}))
  return {folder, plan, items, rubric, rubricId: hashText(canonicalLine(rubric)).slice(0, 12)}
}

/** @throws Ep23Error USAGE (64) where it was taken away */
export async function readKey(folder: string): Promise<LabelKey> {
  if ((await readTextIfThere(join(folder, LABEL_FILES.key))) === undefined)
    throw usageError(message('keyMissing', {key: LABEL_FILES.key, folder}), [
      message('putKeyBack', {plan: LABEL_FILES.plan}),
    ])
  return readJson<LabelKey>(folder, LABEL_FILES.key, KEY_SHAPE)
}

/** A rater's lines; none where they have not begun. */
export async function readEvents(folder: string, rater: string): Promise<LabelEvent[]> {
  return readJsonLines<LabelEvent>(join(folder, `${rater}.jsonl`), EVENT_SHAPE)
}

/**
 * Lines of a file of the plan; none where it is not there. What stands after the last line feed is being written, or was cut short by a
 * death, and is left out.
 * @throws Ep23Error BENCHMARK_BAD_PLAN (65)
 */
export async function readJsonLines<T>(path: string, shape: Shape): Promise<T[]> {
  const lines = ((await readTextIfThere(path)) ?? '').split('\n').slice(0, -1)
  return lines.map((line, i) => parsed(line, message('lineOfFile', {path, line: i + 1}), shape) as T)
}

async function readJson<T>(folder: string, name: string, shape: Shape): Promise<T> {
  const path = join(folder, name)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw systemError(error, path) ?? error
  })
  return parsed(text, path, shape) as T
}

function parsed(text: string, place: Text, shape: Shape): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw badPlan(place, message('isNotJson'), error)
  }
  const problem = shapeProblem(value, shape)
  if (problem !== undefined) throw badPlan(place, problem)
  return value
}

function badPlan(place: Text, problem: Message, cause?: unknown): Error {
  return badDataError('BENCHMARK_BAD_PLAN', joined([place, problem], ': '), [message('takeFromPlan')], cause)
}
