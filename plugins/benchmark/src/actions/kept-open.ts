import {canonicalLine} from '@ep23/plugin-exporters'

import {hashText} from '../adapters/sha256.js'

/** So many are kept open; of more, those that are idle are closed, the one opened first before others. */
const MOST_OPEN = 16

interface Opener<Spec, T> {
  open: (spec: Spec) => Promise<T>
  close: (value: T) => Promise<void>
}

interface Kept<T> {
  value: Promise<T>
  /** By so many it is in use. */
  users: number
}

/** What was opened, by how it was, for many users side by side. */
export class KeptOpen<Spec, T> {
  readonly #kept = new Map<string, Kept<T>>()

  constructor(private readonly opener: Opener<Spec, T>) {}

  /** Opens it unless it is open; it stays open until it is given back. */
  async lend(spec: Spec): Promise<{value: T; giveBack: () => void}> {
    const key = hashText(canonicalLine({spec}))
    const kept = this.#kept.get(key) ?? {value: this.opener.open(spec), users: 0}
    kept.users += 1
    this.#kept.set(key, kept)
    await this.#closeIdle()
    return {value: await kept.value, giveBack: () => (kept.users -= 1)}
  }

  /** Closes all, whoever uses them. */
  async close(): Promise<void> {
    const all = [...this.#kept.values()]
    this.#kept.clear()
    await Promise.all(all.map(async kept => this.#close(kept)))
  }

  async #closeIdle(): Promise<void> {
    const idle = [...this.#kept].filter(([, {users}]) => users === 0)
    for (const [key, kept] of idle.slice(0, Math.max(0, this.#kept.size - MOST_OPEN))) {
      this.#kept.delete(key)
      await this.#close(kept)
    }
  }

  async #close({value}: Kept<T>): Promise<void> {
    // What could not be opened was told to whoever asked for it.
    const opened = await value.catch(() => undefined)
    if (opened !== undefined) await this.opener.close(opened)
  }
}
