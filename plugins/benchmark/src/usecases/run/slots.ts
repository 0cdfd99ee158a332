/** Room for so many things at once; whoever comes later waits in order. */
export class Slots {
  #taken = 0
  readonly #waiting: (() => void)[] = []
  #idle: (() => void)[] = []

  constructor(private readonly most: number) {}

  take(): Promise<void> | undefined {
    if (this.#taken < this.most) {
      this.#taken += 1
      return undefined
    }
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  free(): void {
    const next = this.#waiting.shift()
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
