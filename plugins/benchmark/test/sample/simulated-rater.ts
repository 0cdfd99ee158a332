import {openPlan} from '#src/adapters/label/label-folder.js'
import {openRaterFile} from '#src/adapters/label/rater-file.js'
import type {LabelAnswer, LabelEvent} from '#src/domain/label/label-event.js'
import type {LabelItem} from '#src/domain/label/label-plan.js'
import {LabelSession, type LabelQuestion} from '#src/domain/label/label-session.js'
import {labelInTerminal} from '#src/usecases/label/label-in-terminal.js'

/** Labels all of a plan, as fast as lines can be written. */
export async function labelAll(
  folder: string,
  rater: string,
  answerOf: (question: LabelQuestion, item: LabelItem) => LabelAnswer,
): Promise<void> {
  const {plan, items, rubricId: rubric} = await openPlan(folder)
  const session = new LabelSession({plan, rater, items, rubric}, [])
  const log = openRaterFile(folder, {rater, lines: 0})
  while (session.question && session.item) {
    const event = session.answer(answerOf(session.question, session.item), {at: '2024-12-04T09:00:00.000Z', ms: 1})
    if (!event) throw new Error(`${JSON.stringify(session.question)} was not answered`)
    await log.append(event)
    session.keep(event)
  }
  await log.close()
}

/** Types keys into a session of a terminal; the lines go into a folder of their own. */
export async function labelByKeys(plan: string, folder: string, rater: string, keys: readonly string[]): Promise<void> {
  const opened = await openPlan(plan)
  const session = new LabelSession({plan: opened.plan, rater, items: opened.items, rubric: opened.rubricId}, [])
  const log = openRaterFile(folder, {rater, lines: 0})
  const terminal = {
    keys: (async function* () {
      yield* keys
    })(),
    size: () => ({columns: 80, rows: 24}),
    draw: () => undefined,
  }
  const append = (event: LabelEvent): Promise<void> => log.append(event)
  const now = (): Date => new Date('2024-12-04T09:00:00Z')
  await labelInTerminal({terminal, append, now, hasColour: false, language: 'ru', rubric: opened.rubric}, session)
  await log.close()
}
