/**
 * `work` on every item, by `workers` at a time, results in the order of the items. The first error ends all: nothing new is
 * begun, and it is thrown when what was begun has ended.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  workers: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const failures: unknown[] = []
  const workThrough = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return
      results[index] = await work(item)
    }
  }
  await Promise.all(Array.from({length: workers}, () => workThrough().catch((error: unknown) => failures.push(error))))
  if (failures.length > 0) throw failures[0]
  return results
}
