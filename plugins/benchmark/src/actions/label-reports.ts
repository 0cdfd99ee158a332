import {appendFile} from 'node:fs/promises'
import {join} from 'node:path'

import {canonicalLine} from '@ep23/plugin-exporters'
import {type CommandResult, type Runtime, usageError, writeFileAtomically, ownField, numbersMessage} from '@ep23/sdk'

import {readJsonLines, readKey} from '../adapters/label/label-folder.js'
import {textsOf} from '../adapters/label/run-texts.js'
import {outputFile} from '../adapters/output-file.js'
import {openStoredRun} from '../adapters/stored-run.js'
import {LABEL_FILES, type LabelKey, type Reveal} from '../domain/label/label-plan.js'
import {REVEAL_SHAPE} from '../domain/label/label-shapes.js'
import type {LabelFolderFlags} from '../label-flags.js'
import {type LabelStatusData, labelStatus} from '../usecases/label/label-status.js'
import {countedLabels} from '../usecases/label/labels.js'
import {renderLabelReport, renderLabelStatus} from '../usecases/label/render-labels.js'
import {type LabelReportData, reportLabels} from '../usecases/label/report-labels.js'
import {type JudgeScores, type RevealData, revealItems} from '../usecases/label/reveal-items.js'
import {allEvents, findPlan, hasKey, isRevealed, openLabelled} from './open-labels.js'
import {message} from '../words/words.js'

/** `benchmark:label status`. */
export async function statusOfLabels(
  runtime: Runtime,
  reference: string,
  flags: LabelFolderFlags,
): Promise<CommandResult<LabelStatusData>> {
  const opened = await findPlan(reference, flags['labels-dir'])
  const {plan, rubricId, folder, items} = opened
  const key = hasKey(opened) ? await readKey(folder) : undefined
  const events = await allEvents(runtime, opened, flags['labels-in'])
  const data = labelStatus({plan, rubricId, key, events}, {items, revealed: await isRevealed(folder)})
  return {data, text: renderLabelStatus(data)}
}

/** `benchmark:label report`. */
export async function reportOnLabels(
  runtime: Runtime,
  reference: string,
  {seed, resamples, ...flags}: LabelFolderFlags & {seed: number; resamples: number},
): Promise<CommandResult<LabelReportData>> {
  const {opened, labelled, revealed} = await openLabelled(runtime, reference, flags)
  const textsOfItem = (item: string): readonly string[] => opened.items.get(item)?.texts ?? []
  const data = reportLabels(labelled, {seed, resamples, revealed, textsOf: textsOfItem})
  return {data, text: renderLabelReport(data)}
}

const SHOWN = 10

/** `benchmark:label reveal`. */
export async function revealLabels(
  runtime: Runtime,
  reference: string,
  flags: LabelFolderFlags,
): Promise<CommandResult<RevealData>> {
  const {opened, labelled} = await openLabelled(runtime, reference, flags)
  const scoresOf = await judgeScores(opened.folder, labelled.key)
  const data = revealItems(labelled, scoresOf, await revealTime(opened.folder, runtime))
  const lines = data.disagreements.slice(0, SHOWN).map(({sample_id, writer, score, judge, people}) =>
    message('judgeAndPeople', {
      sample: [sample_id, writer, score].join('  '),
      judge: numbersMessage(judge.toFixed(1)),
      people: numbersMessage(people.toFixed(1)),
    }),
  )
  return {data, text: [message('revealedAt', {plan: data.plan, at: data.revealed_at}), ...lines]}
}

/** When it was revealed; the first time is now. */
async function revealTime(folder: string, {clock}: Pick<Runtime, 'clock'>): Promise<string> {
  const path = join(folder, LABEL_FILES.reveals)
  const [before] = await readJsonLines<Reveal>(path, REVEAL_SHAPE)
  if (before) return before.at
  const at = clock.now().toISOString()
  await appendFile(path, `${JSON.stringify({at, kind: 'reveal'} satisfies Reveal)}\n`)
  return at
}

/** What the runs of a key say of each text. */
export async function judgeScores(planFolder: string, {runs}: LabelKey): Promise<JudgeScores> {
  const folders = Object.values(runs).map(folder => join(planFolder, folder))
  const texts = await Promise.all(folders.map(async folder => textsOf(await openStoredRun(folder))))
  const scores = new Map(texts.flat().map(text => [`${text.run_id} ${text.sample.sample_id}`, text.scores]))
  return ({run_id, sample_id}) => scores.get(`${run_id} ${sample_id}`) ?? {}
}

export interface LabelExportData {
  path: string
  rows: number
  raters: readonly string[]
}

/** `benchmark:label export`. */
export async function exportLabels(
  runtime: Runtime,
  reference: string,
  {output, score: only, ...flags}: LabelFolderFlags & {output: string; score: string | undefined},
): Promise<CommandResult<LabelExportData>> {
  const {opened, labelled} = await openLabelled(runtime, reference, flags)
  const {plan, items, folder} = opened
  if (plan.mode !== 'score' || (only !== undefined && !plan.scores.includes(only)))
    throw usageError(
      only === undefined
        ? message('planHasNoScores', {folder, mode: plan.mode})
        : message('noSuchScore', {folder, only}),
      [
        plan.mode === 'score'
          ? message('itsScores', {scores: plan.scores.join(', ')})
          : message('seeWhatItSays', {folder}),
      ],
    )
  const rows = countedLabels(labelled)
    .filter(({pass}) => pass === 1)
    .flatMap(({item, rater, scores}) =>
      Object.entries(scores)
        .filter(([score]) => only === undefined || score === only)
        .map(([score, human_score]) => {
          const {posts = [], texts = []} = items.get(item) ?? {}
          const group = ownField(labelled.key.items, item)?.source ?? item
          return {group, human_score, item, rater, score, source: posts.join('\n\n'), summary: texts[0] ?? ''}
        }),
    )
  const path = await outputFile(output, '--output', isLabelExport)
  await writeFileAtomically(path, rows.map(row => `${canonicalLine(row)}\n`).join(''))
  const data = {path, rows: rows.length, raters: [...new Set(rows.map(({rater}) => rater))].toSorted()}
  return {data, text: [message('labelsOf', {rows: data.rows, raters: data.raters.join(', '), path})]}
}

/** Whether a file begins with a row as they are exported here. */
function isLabelExport(beginning: Buffer): boolean {
  return /^\{"group":"[^\n]*","human_score":/u.test(beginning.toString('utf8'))
}
