import {openPlan} from '#src/adapters/label/label-folder.js'
import {openRaterFile} from '#src/adapters/label/rater-file.js'
import type {LabelAnswer} from '#src/domain/label/label-event.js'
import type {LabelItem} from '#src/domain/label/label-plan.js'
import {LabelSession, type LabelQuestion} from '#src/domain/label/label-session.js'

/** Labels all of a plan, as fast as lines can be written. */
export async function labelAll(
  folder: string,
  rater: string,
  answerOf: (question: LabelQuestion, item: LabelItem) => LabelAnswer,
): Promise<void> {
  const {plan, items, rubricId: rubric} = await openPlan(folder)
  const session = new LabelSession({plan, rater, items, rubric}, [])
  const log = openRaterFile(folder, rater)
  while (session.question && session.item) {
    const event = session.answer(answerOf(session.question, session.item), {at: '2024-12-04T09:00:00.000Z', ms: 1})
    if (!event) throw new Error(`${JSON.stringify(session.question)} was not answered`)
    await log.append(event)
  }
  await log.close()
}
