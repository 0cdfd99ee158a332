import type {Filter} from '@ep23/sdk'

import type {DocumentKind} from '../../domain/documents/document-kind.js'
import {changeDocuments, changeOf, type Writing} from './change-documents.js'

const BATCH = 200

/** Removes what a filter finds into the history, batch by batch; returns how many documents. */
export async function removeDocuments<T extends object>(
  writing: Writing,
  kind: DocumentKind<T>,
  filter: Filter,
): Promise<number> {
  const documents = writing.store.collection<T>(kind.collection)
  const options = {sort: {[kind.key]: 1}, limit: BATCH} as const
  for (let removed = 0; ;) {
    const now = await changeDocuments(writing, async () => {
      const found = await Array.fromAsync(documents.find(filter, options))
      return {changes: found.flatMap(before => changeOf(writing.run, {kind, before})), result: found.length}
    })
    removed += now
    if (now < BATCH) return removed
  }
}
