import {
  badDataError,
  checkFieldPath,
  type Collection,
  documentText,
  Ep23Error,
  type Exchange,
  EXIT,
  type Filter,
  filterClauses,
  findAmong,
  type FindOptions,
  type IndexSpec,
  matches,
  parseDocumentText,
  type Store,
  type StoredDocument,
  type Tally,
  tallyOf,
  type UpsertCounts,
  valueAt,
  verbatim,
} from '@ep23/sdk'

/** A store that forgets: passes the same contract as the real ones, for fast tests of use cases. */
export function memoryStore(): Store {
  const collections = new Map<string, MemoryCollection>()
  const state = {closed: false}
  const open = (name: string): MemoryCollection => {
    if (!/^[a-z][a-z0-9_]*$/u.test(name)) throw mistake('STORE_COLLECTION_NAME', `${name} is not a collection name`)
    const collection = collections.get(name) ?? new MemoryCollection(name, state)
    collections.set(name, collection)
    return collection
  }
  return {
    location: 'memory',
    collection: <T extends StoredDocument>(name: string) => open(name) as unknown as Collection<T>,
    async exchange(changes) {
      checkOpen(state)
      const stale = changes.flatMap((change, position) => (open(change.collection).meets(change) ? [] : [position]))
      if (stale.length === 0) for (const change of changes) open(change.collection).apply(change)
      return stale
    },
    async confirm() {},
    async ping() {
      checkOpen(state)
    },
    async dispose() {
      state.closed = true
    },
  }
}

class MemoryCollection implements Collection<StoredDocument> {
  private keyField: string | undefined
  private readonly texts = new Map<string, string>()
  private readonly indexes: IndexSpec[] = []

  constructor(
    private readonly name: string,
    private readonly state: {closed: boolean},
  ) {}

  async upsertMany(
    documents: Iterable<StoredDocument> | AsyncIterable<StoredDocument>,
    keyField: string,
  ): Promise<UpsertCounts> {
    checkOpen(this.state)
    const counts = {inserted: 0, updated: 0, unchanged: 0}
    for await (const document of documents) counts[this.upsert(document, this.claim(keyField))] += 1
    return counts
  }

  async *find(filter?: Filter, options?: FindOptions): AsyncGenerator<StoredDocument> {
    yield* findAmong(this.documents(), filter, options)
  }

  async countBy(filter: Filter, field: string): Promise<Map<string, number>> {
    checkFieldPath(field)
    const counts = new Map<string, number>()
    for (const [, document] of this.matching(filter)) {
      const value = valueAt(document, field)
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return counts
  }

  async tally(filter: Filter, fields: {texts: readonly string[]; date: string}): Promise<Tally[]> {
    return tallyOf(this.documents(), filter, fields)
  }

  async deleteMany(filter: Filter): Promise<number> {
    const keys = this.matching(filter).map(([key]) => key)
    for (const key of keys) this.texts.delete(key)
    return keys.length
  }

  async ensureIndex(spec: IndexSpec): Promise<void> {
    checkOpen(this.state)
    for (const field of spec.fields) checkFieldPath(field)
    const seen = new Set<string>()
    if (spec.unique) for (const document of this.documents()) this.refuseDuplicate(indexKey(document, spec), seen)
    this.indexes.push(spec)
  }

  async hasIndex({fields, unique = false}: IndexSpec): Promise<boolean> {
    checkOpen(this.state)
    return this.indexes.some(known => known.fields.join() === fields.join() && (!unique || known.unique === true))
  }

  /** Whether the document is as the caller has read it, or as it is to be. */
  meets({key: keyField, before, after}: Exchange): boolean {
    const key = keyOf(before ?? after, this.claim(keyField), this.name)
    const stored = this.texts.get(key)
    const place = `${this.name}, document ${key}`
    return [before, after].map(document => document && documentText(document, place)).includes(stored)
  }

  apply({key: keyField, before, after}: Exchange): void {
    if (after) this.upsert(after, keyField)
    else this.texts.delete(keyOf(before, keyField, this.name))
  }

  private upsert(document: StoredDocument, keyField: string): keyof UpsertCounts {
    const key = keyOf(document, keyField, this.name)
    const text = documentText(document, `${this.name}, document ${key}`)
    const stored = this.texts.get(key)
    if (stored === text) return 'unchanged'
    for (const spec of this.indexes.filter(({unique}) => unique)) {
      const others = this.matching({[keyField]: {$ne: key}}).map(([, other]) => indexKey(other, spec))
      this.refuseDuplicate(indexKey(document, spec), new Set(others))
    }
    this.texts.set(key, text)
    return stored === undefined ? 'inserted' : 'updated'
  }

  private claim(keyField: string): string {
    this.keyField ??= keyField
    if (this.keyField === keyField) return keyField
    throw mistake('STORE_KEY_CONFLICT', `the collection ${this.name} has the key field ${this.keyField}`)
  }

  private documents(): object[] {
    return this.matching({}).map(([, document]) => document)
  }

  private matching(filter: Filter): [string, object][] {
    checkOpen(this.state)
    const clauses = filterClauses(filter)
    const documents = [...this.texts].map(([key, text]): [string, object] => [key, parseDocumentText(text)])
    return documents.filter(([, document]) => matches(clauses, document))
  }

  private refuseDuplicate(key: string, seen: Set<string>): void {
    if (seen.has(key)) throw badDataError('STORE_DUPLICATE', verbatim(`${this.name} refuses a duplicate: ${key}`))
    seen.add(key)
  }
}

function keyOf(document: StoredDocument | undefined, keyField: string, collection: string): string {
  const key = (document as Record<string, unknown> | undefined)?.[keyField]
  if (typeof key === 'string' && key !== '') return key
  throw badDataError('STORE_KEY_MISSING', verbatim(`${collection}: the key field ${keyField} holds no text`))
}

function indexKey(document: object, {fields}: IndexSpec): string {
  return documentText({values: fields.map(field => valueAt(document, field) ?? null)}, 'an index')
}

function checkOpen({closed}: {closed: boolean}): void {
  if (closed) throw mistake('STORE_CLOSED', 'the store memory is used after it was closed')
}

function mistake(code: string, message: string): Ep23Error {
  return new Ep23Error(verbatim(message), {code, exit: EXIT.unexpected})
}
