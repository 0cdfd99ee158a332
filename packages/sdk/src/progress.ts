import type {Text} from './messages.js'

/** How a running step tells where it is. */
export interface StepReport {
  /** A short text beside the title: what is being worked on, or the result. */
  note(text: Text): void
  /** Work done so far in `unit`; rate and time left are computed from it. */
  advance(done: number, total?: number, unit?: string): void
}

/** Work that is shown as one step; what it returns is what the step made. */
export type StepWork<T> = (report: StepReport) => Promise<T> | T

export interface StepOptions {
  /** The steps may run at once instead of one after the other. */
  concurrent?: boolean
}

/** The steps that were announced, each to be run or skipped once. */
export interface Steps<Title extends string = string> {
  /** Runs the work as the step of that title and returns what it made; does not start after an interruption. */
  step: <T>(title: Title, work: StepWork<T>) => Promise<T>
  /** Shows the step as skipped, with the reason. */
  skip: (title: Title, reason: string) => undefined
}

/** Shows a run's steps on stderr (moving in a terminal, plain lines elsewhere) and records a span for each. */
export interface Progress {
  /**
   * Announces the steps by their titles, so that each is shown as one of so many, and runs the work that consists of them.
   * @returns what the work returns, once none of its steps runs any more; its error is thrown unchanged
   * @example
   * const report = await progress.steps(['Read the run', 'Write the report'], async ({step}) => {
   *   const run = await step('Read the run', () => readRun(folder))
   *   return step('Write the report', () => writeReport(run))
   * })
   */
  steps<const Title extends string, T>(
    titles: readonly Title[],
    work: (steps: Steps<Title>) => Promise<T>,
    options?: StepOptions,
  ): Promise<T>
  /** Runs work that is one step. */
  step<T>(title: string, work: StepWork<T>): Promise<T>
}
