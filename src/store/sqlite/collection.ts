import type {DatabaseSync} from 'node:sqlite'
import {
  checkFieldPath,
  checkFindOptions,
  filterClauses,
  matches,
  parseDocumentText,
  turnTaker,
  type Collection,
  type Filter,
  type FindOptions,
  type IndexSpec,
  type StoredDocument,
  type Tally,
  type UpsertCounts,
} from '@ep23/sdk'
import {batches} from '../batches.js'
import {fieldExpression, jsonExpression} from './field-expression.js'
import {countByText, matchingRows, tally} from './count-rows.js'
import {filterToSql, sortToSql, type CollectionFacts, type SqlFilter} from './filter-to-sql.js'
import {lookedAt} from './looked-at.js'
import {createTable, hasTable, readArrayPaths, readKeyField} from './schema.js'
import {upsertBatch} from './write-batch.js'

// A batch holds the write lock for some 20 ms.
const BATCH = {documents: 2000, textLength: 4 * 1024 * 1024}

export interface BorrowedReader {
  database: DatabaseSync
  giveBack: () => void
}

/** What a collection needs of its store. */
export interface SqliteAccess {
  /** Runs `work` in a write transaction of its own. */
  write<T>(work: (database: DatabaseSync) => T): Promise<T>
  /** Lends a connection for reading, in a transaction: all that is read belongs to one moment. */
  borrowReader(): BorrowedReader
  explain(error: unknown): unknown
}

export class SqliteCollection<T extends StoredDocument> implements Collection<T> {
  constructor(
    private readonly name: string,
    private readonly access: SqliteAccess,
  ) {}

  async upsertMany(documents: Iterable<T> | AsyncIterable<T>, key: keyof T & string): Promise<UpsertCounts> {
    const counts = {inserted: 0, updated: 0, unchanged: 0}
    for await (const batch of batches(documents, {collection: this.name, keyField: key}, BATCH)) {
      const written = await this.access.write(database => upsertBatch(database, this.name, key, batch))
      counts.inserted += written.inserted
      counts.updated += written.updated
      counts.unchanged += written.unchanged
    }
    return counts
  }

  async *find(filter: Filter = {}, options: FindOptions = {}): AsyncGenerator<T> {
    const clauses = filterClauses(filter)
    checkFindOptions(options)
    if (options.limit === 0) return
    const {database, giveBack} = this.access.borrowReader()
    try {
      if (!hasTable(database, this.name)) return
      const facts = this.readFacts(database)
      const filter = filterToSql(clauses, facts)
      const order = sortToSql(options.sort ?? {}, facts)
      const limit = filter.rest.length > 0 ? undefined : options.limit
      const takeTurn = turnTaker()
      let found = 0
      for (const row of lookedAt(database, this.name, {filter, columns: {doc: 'doc'}, order, limit})) {
        const document = row && parseDocumentText(row['doc'] as string)
        if (document && matches(filter.rest, document)) {
          yield document as T
          found += 1
          if (found === options.limit) return
        }
        await takeTurn()
      }
    } catch (error) {
      throw this.access.explain(error)
    } finally {
      giveBack()
    }
  }

  async countBy(filter: Filter, field: string): Promise<Map<string, number>> {
    const clauses = filterClauses(filter)
    checkFieldPath(field)
    return this.read(async database => {
      const facts = this.readFacts(database)
      const expression = field === facts.keyField ? 'key' : fieldExpression(field)
      return countByText(database, this.name, {filter: filterToSql(clauses, facts), expression})
    }, new Map<string, number>())
  }

  async tally(filter: Filter, fields: {texts: readonly string[]; date: string}): Promise<Tally[]> {
    const clauses = filterClauses(filter)
    for (const field of [...fields.texts, fields.date]) checkFieldPath(field)
    return this.read(async database => {
      const facts = this.readFacts(database)
      return tally(database, this.name, {filter: filterToSql(clauses, facts), ...fields})
    }, new Array<Tally>())
  }

  async deleteMany(filter: Filter): Promise<number> {
    const clauses = filterClauses(filter)
    const sqlOf = (database: DatabaseSync): SqlFilter => filterToSql(clauses, this.readFacts(database))
    const keys = await this.read(database => matchingKeys(database, this.name, sqlOf(database)), [])
    const takeTurn = turnTaker()
    let deleted = 0
    for (let from = 0; from < keys.length; from += BATCH.documents) {
      const batch = keys.slice(from, from + BATCH.documents)
      deleted += await this.access.write(database => deleteStillMatching(database, this.name, sqlOf(database), batch))
      await takeTurn()
    }
    return deleted
  }

  async ensureIndex({fields, unique = false}: IndexSpec): Promise<void> {
    for (const field of fields) checkFieldPath(field)
    if (await this.hasIndex({fields, unique})) return
    await this.access.write(database => {
      createTable(database, this.name)
      for (const {name, expressions, unique: isUnique} of indexesOf(this.name, {fields, unique}))
        database.exec(
          `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS "${name}" ON "${this.name}" (${expressions.join(', ')})`,
        )
    })
  }

  async hasIndex(spec: IndexSpec): Promise<boolean> {
    const names = indexesOf(this.name, spec).map(({name}) => name)
    return this.read(database => names.every(name => isIndex(database, name)), false)
  }

  private async read<R>(work: (database: DatabaseSync) => R | Promise<R>, ofNothing: R): Promise<R> {
    const {database, giveBack} = this.access.borrowReader()
    try {
      return hasTable(database, this.name) ? await work(database) : ofNothing
    } catch (error) {
      throw this.access.explain(error)
    } finally {
      giveBack()
    }
  }

  private readFacts(database: DatabaseSync): CollectionFacts {
    return {keyField: readKeyField(database, this.name), arrayPaths: readArrayPaths(database, this.name)}
  }
}

/** What an index of the port is in SQLite: one to find by, and one that refuses duplicates. */
function indexesOf(collection: string, {fields, unique = false}: IndexSpec) {
  const indexes = [{label: 'by', expressions: fields.map(fieldExpression), unique: false}]
  if (unique) indexes.push({label: 'unique', expressions: fields.map(jsonExpression), unique})
  return indexes.map(index => ({...index, name: `${collection} ${index.label} ${fields.join(', ')}`}))
}

function isIndex(database: DatabaseSync, name: string): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?`).get(name) !== undefined
}

async function matchingKeys(database: DatabaseSync, collection: string, filter: SqlFilter): Promise<string[]> {
  const takeTurn = turnTaker()
  const keys: string[] = []
  for (const row of matchingRows(database, collection, {filter, columns: {key: 'key'}})) {
    if (row) keys.push(row['key'] as string)
    await takeTurn()
  }
  return keys
}

/** Returns how many documents were deleted: what another process has changed by now may match no more. In a write transaction. */
function deleteStillMatching(
  database: DatabaseSync,
  collection: string,
  {sql, parameters, rest}: SqlFilter,
  keys: readonly string[],
): number {
  const find = database.prepare(`SELECT doc FROM "${collection}" WHERE key = ?`)
  const remove = database.prepare(`DELETE FROM "${collection}" WHERE key = ? AND ${sql}`)
  const isWanted = (key: string): boolean => {
    const doc = rest.length > 0 ? find.get(key)?.['doc'] : undefined
    return rest.length === 0 || (doc !== undefined && matches(rest, parseDocumentText(doc as string)))
  }
  let deleted = 0
  for (const key of keys) if (isWanted(key)) deleted += Number(remove.run(key, ...parameters).changes)
  return deleted
}
