/** How a running step tells where it is. */
export interface StepReport {
  /** A short text beside the title: what is being worked on, or the result. */
  note(text: string): void
  /** Work done so far in `unit`; rate and time left are computed from it. */
  advance(done: number, total?: number, unit?: string): void
}

export interface Step<C> {
  title: string
  run(context: C, report: StepReport): Promise<void> | void
  /** A reason when the step is not needed. */
  skip?(context: C): string | undefined
}

export interface StepOptions {
  /** All steps at once instead of one after the other. */
  concurrent?: boolean
}

/** Shows a run's steps on stderr (moving in a terminal, plain lines elsewhere) and records a span for each. */
export interface Progress {
  /** Runs the steps over one context, which is returned; the first error stops the rest. */
  run<C>(steps: readonly Step<C>[], context: C, options?: StepOptions): Promise<C>
}
