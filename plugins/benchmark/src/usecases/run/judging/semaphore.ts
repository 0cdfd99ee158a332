/** Counts what is under way: at most so many at once, whoever comes later waits in order. */
export class Semaphore {
  #taken = 0
  readonly #waiting: (() => void)[] = []
  #idle: (() => void)[] = []

  constructor(private most: number) {}

  /** More or less room from now on; what is taken stays taken. */
  resize(most: number): void {
    this.most = most
    while (this.#taken < this.most && this.#waiting.length > 0) {
      this.#taken += 1
      this.#waiting.shift()?.()
    }
  }

  take(): Promise<void> | undefined {
    if (this.#taken < this.most) {
      this.#taken += 1
      return undefined
    }
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  free(): void {
    const next = this.#taken <= this.most ? this.#waiting.shift() : undefined
    if (next) return next()
    this.#taken -= 1
    if (this.#taken > 0) return
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }

  /** Resolves as soon as nothing is taken. */
  allFree(): Promise<void> {
    return this.#taken === 0 ? Promise.resolve() : new Promise(resolve => this.#idle.push(resolve))
  }
}
