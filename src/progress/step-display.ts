/** How a step ended; `text` is its result or, when it was skipped, the reason. */
export interface StepEnding {
  kind: 'done' | 'skipped' | 'failed'
  seconds: number
  text: string
}

/** Where a list of steps is shown. Steps go by their position in the list. */
export interface StepDisplay {
  /** How often a running step's text is worth a call of `update`. */
  readonly updateSeconds: number
  start(step: number): void
  update(step: number, text: string): void
  end(step: number, ending: StepEnding): void
  /** Everything is on the screen when this resolves. */
  close(): Promise<void>
}

export const silentDisplay: StepDisplay = {
  updateSeconds: Number.POSITIVE_INFINITY,
  start: () => undefined,
  update: () => undefined,
  end: () => undefined,
  close: async () => undefined,
}
