import type {Store} from '@ep23/sdk'

import type {LabelEvent} from '../../domain/label/label-event.js'
import {labelledElsewhere, type LabelLog, type LabelWriter} from './label-log.js'

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
export function openStoredLabels(store: Store, {plan, rater, lines}: LabelWriter & {plan: string}): LabelLog {
  let last = lines
  return {
    append: async event => {
      const line = last + 1
      const label_id = `${plan}:${rater}:${String(line).padStart(6, '0')}`
      const after = {label_id, plan, rater, line, event}
      const taken = await store.exchange([{collection: LABELS_COLLECTION, key: 'label_id', after}])
      if (taken.length > 0) throw labelledElsewhere(rater)
      last = line
    },
    close: async () => undefined,
  }
}

export async function storedEvents(store: Store, plan: string, rater: string): Promise<LabelEvent[]> {
  const labels = store.collection<LabelDocument>(LABELS_COLLECTION)
  const documents = await Array.fromAsync(labels.find({plan, rater}, {sort: {line: 1}}))
  return documents.map(({event}) => event)
}
