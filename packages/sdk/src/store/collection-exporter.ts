import {usageError} from '../command/errors.js'
import {EXIT} from '../command/exit-codes.js'
import type {Exporter, ExportQuery, ExportRecord, JsonSchemaDocument} from '../exporter.js'
import type {Collection, Condition, Filter, Store, StoredDocument} from './store.js'
import {words} from '../words/words.js'

/** Names of the document fields that records are ordered and chosen by; dotted paths are allowed. */
export interface ExportedFields {
  /** The natural key. */
  id: string
  channel: string
  /** A date. */
  created_at: string
  language?: string
  origin?: string
}

export interface CollectionExport<D extends StoredDocument> {
  name: string
  summary: string
  collection: string
  fields: ExportedFields
  schema(): Promise<JsonSchemaDocument>
  schemaSnapshot?: URL
  /**
   * Asked for once an export, so that heavy libraries load late. The function it returns makes a record of a document
   * and throws (EXPORT_BAD_DOCUMENT) for one that cannot become a record.
   */
  prepare(): Promise<(document: D) => ExportRecord>
}

type Countable = Pick<Collection<StoredDocument>, 'countBy'>

/** An exporter of one collection: filters, counting and order are done by the store. */
export function collectionExporter<D extends StoredDocument>(spec: CollectionExport<D>): Exporter {
  const {name, summary, fields, schemaSnapshot} = spec
  const open = (store: Store): Collection<D> => store.collection<D>(spec.collection)
  return {
    name,
    summary,
    ...(schemaSnapshot && {schemaSnapshot}),
    schema: () => spec.schema(),
    async count(store, query) {
      const collection = open(store)
      const counts = await collection.countBy(await filterOf(query, fields, collection, name), fields.channel)
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    },
    async *records(store, query) {
      const collection = open(store)
      await ensureOrder(collection, fields)
      const filter = await filterOf(query, fields, collection, name)
      const toRecord = await spec.prepare()
      const sort = {[fields.channel]: 1, [fields.created_at]: 1, [fields.id]: 1} as const
      for await (const document of collection.find(filter, {sort})) yield toRecord(document)
    },
  }
}

// Without the index a store would sort everything in memory. A reader who may not write does without.
async function ensureOrder(
  collection: Pick<Collection<StoredDocument>, 'ensureIndex'>,
  {channel, created_at, id}: ExportedFields,
): Promise<void> {
  try {
    await collection.ensureIndex({fields: [channel, created_at, id]})
  } catch (error) {
    if ((error as {exit?: unknown}).exit !== EXIT.notPermitted) throw error
  }
}

async function filterOf(
  query: ExportQuery,
  fields: ExportedFields,
  collection: Countable,
  exporter: string,
): Promise<Filter> {
  const {from, to, channels, language, origin} = query
  const filter: Record<string, string | Condition> = {}
  if (from || to) filter[fields.created_at] = {...(from && {$gte: from}), ...(to && {$lt: to})}
  if (channels) filter[fields.channel] = {$in: channels}
  if (origin !== undefined) filter[fieldFor('origin', fields, exporter)] = origin
  if (language === undefined) return filter
  const field = fieldFor('language', fields, exporter)
  return {...filter, [field]: {$in: await tagsOf(language, filter, field, collection)}}
}

function fieldFor(wanted: 'language' | 'origin', fields: ExportedFields, exporter: string): string {
  const field = fields[wanted]
  if (field === undefined) throw usageError(words.message('recordsHaveNo', {exporter, wanted}))
  return field
}

// The store cannot match a prefix: the tags in use are few, so they are asked for.
async function tagsOf(language: string, filter: Filter, field: string, collection: Countable): Promise<string[]> {
  const tags = await collection.countBy(filter, field)
  return [...tags.keys()].filter(tag => tag === language || tag.startsWith(`${language}-`))
}
