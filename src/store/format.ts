import {EXIT} from '@ep23/sdk'

import {message} from '../words/words.js'
import {storeError} from './store-errors.js'

/** The format of documents and tables that this ep23 reads and writes, in SQLite and MongoDB alike: 1 since 0.1.0. */
export const FORMAT = 1

/** Where a MongoDB database says its format; without the document it is 1. An SQLite file says it in its header. */
export const FORMAT_RECORD = {collection: 'ep23_store', key: {store_id: 'format'}} as const

/** @throws Ep23Error STORE_FOREIGN (65) for the store of a newer ep23, which this one would misread or spoil */
export function checkStoredFormat(location: string, format: number): void {
  if (format <= FORMAT) return
  throw storeError(location, message('newerEp23', {format, known: FORMAT}), {
    code: 'STORE_FOREIGN',
    exit: EXIT.badData,
    suggestions: [message('installNewer'), message('otherStore')],
  })
}
