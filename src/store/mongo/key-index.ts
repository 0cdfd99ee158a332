import type {Collection} from 'mongodb'

import {checkKeyField} from '../collection-name.js'

/** The name tells a later run which field is the natural key. */
const KEY_INDEX = 'ep23_key'

interface IndexDescription {
  name?: string
  key: Record<string, unknown>
  unique?: boolean
}

/**
 * Makes sure that the natural key is unique; an index of the team's own that says so is as good.
 * @throws Ep23Error STORE_KEY_CONFLICT when the collection has been written with another key field
 */
export async function ensureKeyIndex(collection: Collection, keyField: string): Promise<void> {
  const indexes = await listIndexes(collection)
  checkKeyField(collection.collectionName, keyFieldOf(indexes), keyField)
  if (!hasIndex(indexes, [keyField], true))
    await collection.createIndex({[keyField]: 1}, {unique: true, name: KEY_INDEX})
}

/** Makes an index unless there is one over the same fields, whatever its name. */
export async function ensureFieldIndex(
  collection: Collection,
  {fields, unique = false}: {fields: readonly string[]; unique?: boolean},
): Promise<void> {
  if (hasIndex(await listIndexes(collection), fields, unique)) return
  await collection.createIndex(Object.fromEntries(fields.map(field => [field, 1])), {unique})
}

async function listIndexes(collection: Collection): Promise<IndexDescription[]> {
  try {
    return (await collection.listIndexes().toArray()) as IndexDescription[]
  } catch (error) {
    // The collection does not exist yet.
    if ((error as {codeName?: unknown}).codeName === 'NamespaceNotFound') return []
    throw error
  }
}

function keyFieldOf(indexes: readonly IndexDescription[]): string | undefined {
  return Object.keys(indexes.find(({name}) => name === KEY_INDEX)?.key ?? {})[0]
}

function hasIndex(indexes: readonly IndexDescription[], fields: readonly string[], unique: boolean): boolean {
  return indexes.some(index => Object.keys(index.key).join() === fields.join() && (!unique || index.unique === true))
}
