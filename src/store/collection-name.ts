import {Ep23Error, EXIT} from '@ep23/sdk'
import {message} from '../words/words.js'

/** Names that need no escaping anywhere. @throws Ep23Error STORE_COLLECTION_NAME: a mistake in the program */
export function checkCollectionName(name: string): void {
  if (/^(?!sqlite_|system)[a-z][a-z0-9_]{0,99}$/u.test(name)) return
  throw new Ep23Error(message('notCollectionName', {name: JSON.stringify(name)}), {
    code: 'STORE_COLLECTION_NAME',
    exit: EXIT.unexpected,
    suggestions: [message('collectionNameRule')],
  })
}

/** @throws Ep23Error STORE_KEY_CONFLICT when a collection is written with another key field than before */
export function checkKeyField(collection: string, known: string | undefined, keyField: string): void {
  if (known === undefined || known === keyField) return
  throw new Ep23Error(message('otherKeyField', {collection, known, keyField}), {
    code: 'STORE_KEY_CONFLICT',
    exit: EXIT.unexpected,
    suggestions: [message('writeWithKnown', {known})],
  })
}
