import type {Store} from '@ep23/sdk'

import type {LabelEvent} from '../../domain/label/label-event.js'
import type {LabelLog} from './rater-file.js'

/** The same lines as a rater's file, as documents. */
export const LABELS_COLLECTION = 'ep23_labels'

interface LabelDocument {
  label_id: string
  plan: string
  rater: string
  /** Place in the rater's file, from 1. */
  line: number
  /** The line itself. */
  event: LabelEvent
}

/** Keeps lines in the store instead of a file: for raters who share a database and no folder. */
export async function openStoredLabels(store: Store, plan: string, rater: string): Promise<LabelLog> {
  const labels = store.collection<LabelDocument>(LABELS_COLLECTION)
  let line = (await storedEvents(store, plan, rater)).length
  return {
    append: async event => {
      line += 1
      const label_id = `${plan}:${rater}:${String(line).padStart(6, '0')}`
      await labels.upsertMany([{label_id, plan, rater, line, event: event as LabelEvent}], 'label_id')
    },
    close: async () => undefined,
  }
}

export async function storedEvents(store: Store, plan: string, rater: string): Promise<LabelEvent[]> {
  const labels = store.collection<LabelDocument>(LABELS_COLLECTION)
  const documents = await Array.fromAsync(labels.find({plan, rater}, {sort: {line: 1}}))
  return documents.map(({event}) => event)
}
