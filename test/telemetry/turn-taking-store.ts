import type {Collection, Filter, FindOptions, IndexSpec, Store, StoredDocument} from '@ep23/sdk'

/** Decides, from a seed, whose store operation comes next, so that a test meets every order of events in time. */
export class TurnTaking {
  private readonly waiting: {actor: string; proceed: () => void}[] = []
  /** Operations after which an actor does nothing any more, as if its process had been killed. */
  readonly crashes = new Map<string, number>()
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  async turn(actor: string): Promise<void> {
    const left = this.crashes.get(actor)
    if (left === 0) return new Promise(() => undefined)
    if (left !== undefined) this.crashes.set(actor, left - 1)
    await new Promise<void>(proceed => this.waiting.push({actor, proceed}))
  }

  /** Lets everybody proceed, one operation at a time, until nobody waits. */
  async play(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate)
      const [next] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1)
      if (!next) return
      next.proceed()
    }
  }

  /** Mulberry32. */
  random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * One actor's view of a shared store in which every operation waits for its turn, before and after it is done.
 * Reading many documents is no single operation, as on a MongoDB cursor: each is fetched in a turn of its own.
 */
export function turnTakingStore(store: Store, turns: TurnTaking, actor: string): Store {
  const wait = () => turns.turn(actor)
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    await wait()
    const result = await work()
    await wait()
    return result
  }
  return {
    location: store.location,
    ping: () => store.ping(),
    confirm: () => store.confirm(),
    exchange: changes => around(() => store.exchange(changes)),
    dispose: () => store.dispose(),
    collection<T extends StoredDocument>(name: string): Collection<T> {
      const inner = store.collection<T>(name)
      return {
        upsertMany: (documents, key) => around(() => inner.upsertMany(documents, key)),
        countBy: (filter: Filter, field) => around(() => inner.countBy(filter, field)),
        tally: (filter: Filter, fields) => around(() => inner.tally(filter, fields)),
        deleteMany: async filter => around(() => deleteOneByOne(inner, filter, wait)),
        ensureIndex: (spec: IndexSpec) => around(() => inner.ensureIndex(spec)),
        hasIndex: (spec: IndexSpec) => around(() => inner.hasIndex(spec)),
        async *find(filter?: Filter, options?: FindOptions) {
          await wait()
          const key = name === 'ep23_metrics' ? 'run_id' : 'fold_id'
          for (const found of await collect(inner.find(filter, options))) {
            await wait()
            yield* inner.find({[key]: (found as Record<string, string>)[key] ?? null})
          }
          await wait()
        },
      }
    },
  }
}

// Deleting many documents is no single operation either.
async function deleteOneByOne<T extends StoredDocument>(
  collection: Collection<T>,
  filter: Filter,
  wait: () => Promise<void>,
): Promise<number> {
  const ids = (filter['run_id'] as {$in?: readonly string[]} | undefined)?.$in
  if (!ids) return collection.deleteMany(filter)
  let deleted = 0
  for (const run_id of ids) {
    await wait()
    deleted += await collection.deleteMany({run_id})
  }
  return deleted
}

async function collect<T>(documents: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const document of documents) all.push(document)
  return all
}
