import {
  checkFieldPath,
  checkFindOptions,
  filterClauses,
  type Collection,
  type Filter,
  type FindOptions,
  type IndexSpec,
  type StoredDocument,
  type Tally,
  TallyGroups,
  type UpsertCounts,
} from '@ep23/sdk'
import type {Collection as DriverCollection, Document} from 'mongodb'

import {batches} from '../batches.js'
import {checkKeyField} from '../collection-name.js'
import {exchangeBatch, type PositionedEntry, readEntries, type ReadEntries} from './exchange.js'
import {fromBson} from './from-bson.js'
import {ensureFieldIndex, ensureKeyIndex, hasFieldIndex} from './key-index.js'
import {explainMongoError} from './mongo-errors.js'
import {upsertBatch, type NaturalKey} from './upsert-batch.js'

// One batch is read and written in one message each way; servers take 48 MB.
const BATCH = {documents: 1000, textLength: 4 * 1024 * 1024}

// Servers begin with 101, and FerretDB goes on with as few: a round trip each.
const FETCHED = 1000

export class MongoCollection<T extends StoredDocument> implements Collection<T> {
  private key: NaturalKey | undefined

  constructor(
    private readonly collection: DriverCollection,
    private readonly location: string,
  ) {}

  async upsertMany(documents: Iterable<T> | AsyncIterable<T>, key: keyof T & string): Promise<UpsertCounts> {
    const counts = {inserted: 0, updated: 0, unchanged: 0}
    for await (const batch of batches(documents, {collection: this.collection.collectionName, keyField: key}, BATCH)) {
      const written = await this.explained(async () => {
        return upsertBatch(this.collection, await this.claim(key), batch)
      })
      counts.inserted += written.inserted
      counts.updated += written.updated
      counts.unchanged += written.unchanged
    }
    return counts
  }

  async *find(filter: Filter = {}, options: FindOptions = {}): AsyncGenerator<T> {
    filterClauses(filter)
    checkFindOptions(options)
    // For the server 0 means no limit.
    if (options.limit === 0) return
    const cursor = this.collection.find(filter as Document, {
      projection: {_id: 0},
      sort: Object.entries(options.sort ?? {}),
      limit: options.limit ?? 0,
      batchSize: FETCHED,
      // Servers before 6.0 refuse a large sort otherwise.
      allowDiskUse: true,
    })
    try {
      for await (const document of cursor) yield fromBson(document) as T
    } catch (error) {
      throw explainMongoError(this.location, error)
    } finally {
      await cursor.close()
    }
  }

  async countBy(filter: Filter, field: string): Promise<Map<string, number>> {
    filterClauses(filter)
    checkFieldPath(field)
    return this.explained(async () => {
      const groups = this.collection.aggregate<{_id: unknown; count: number}>([
        {$match: filter},
        {$group: {_id: `$${field}`, count: {$sum: 1}}},
      ])
      const counts = new Map<string, number>()
      for await (const {_id: value, count} of groups) if (typeof value === 'string') counts.set(value, count)
      return counts
    })
  }

  async tally(filter: Filter, {texts, date}: {texts: readonly string[]; date: string}): Promise<Tally[]> {
    filterClauses(filter)
    for (const field of [...texts, date]) checkFieldPath(field)
    return this.explained(async () => {
      const values = Object.fromEntries(texts.map((field, at) => [`t${at}`, `$${field}`]))
      const groups = this.collection.aggregate<{_id: Document; count: number}>([
        {$match: filter},
        {$group: {_id: {...values, date: {$type: `$${date}`}}, count: {$sum: 1}}},
      ])
      const tally = new TallyGroups(texts)
      for await (const {_id: found, count} of groups)
        tally.add(
          texts.map((_, at) => (found[`t${at}`] as unknown) ?? null),
          found['date'] === 'date',
          count,
        )
      return tally.all
    })
  }

  async deleteMany(filter: Filter): Promise<number> {
    filterClauses(filter)
    return this.explained(async () => (await this.collection.deleteMany(filter as Document)).deletedCount)
  }

  async ensureIndex(spec: IndexSpec): Promise<void> {
    for (const field of spec.fields) checkFieldPath(field)
    await this.explained(() => ensureFieldIndex(this.collection, spec))
  }

  async hasIndex(spec: IndexSpec): Promise<boolean> {
    return this.explained(() => hasFieldIndex(this.collection, spec))
  }

  /** What is stored of entries that are to be exchanged. */
  async readEntries(entries: readonly PositionedEntry[]): Promise<ReadEntries> {
    return this.explained(async () => {
      for (const {keyField} of entries) await this.claim(keyField)
      return readEntries(this.collection, entries)
    })
  }

  /** Writes entries that were read a moment ago; returns the positions of those that another process has changed since. */
  async exchange(read: ReadEntries): Promise<number[]> {
    return this.explained(async () =>
      exchangeBatch(this.collection, read, await this.claim(read.entries[0]?.keyField ?? '')),
    )
  }

  private async claim(field: string): Promise<NaturalKey> {
    this.key ??= {field, ...(await ensureKeyIndex(this.collection, field))}
    checkKeyField(this.collection.collectionName, this.key.field, field)
    return this.key
  }

  private async explained<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw explainMongoError(this.location, error)
    }
  }
}
