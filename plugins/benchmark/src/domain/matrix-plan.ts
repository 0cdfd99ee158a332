/** One run of a matrix: who wrote, who judges, by which scenario (whose prompt it is). */
export interface MatrixRun {
  scenario: string
  /** `dataset` for the digests as they are, else what `--answer-writer` takes. */
  writer: string
  /** What `--judge` takes; a model of the server is `llm:MODEL`. */
  judge: string
}

export interface MatrixAxes {
  scenarios: readonly string[]
  writers: readonly string[]
  judges: readonly string[]
}

export const AS_THEY_ARE = 'dataset'

/** Every writer by every judge by every scenario, in that order. */
export function matrixRuns({scenarios, writers, judges}: MatrixAxes): MatrixRun[] {
  return scenarios.flatMap(scenario => judges.flatMap(judge => writers.map(writer => ({scenario, writer, judge}))))
}

/** The flags of `benchmark:run` that make it. */
export function flagsOf({scenario, writer, judge}: MatrixRun): string[] {
  const [name = '', ...model] = judge.split(':')
  return [
    ...['--scenario', scenario, '--judge', name],
    ...(model.length > 0 ? ['--model', model.join(':')] : []),
    ...(writer === AS_THEY_ARE ? [] : ['--answer-writer', writer]),
  ]
}

/** A folder name that says what the run is and differs for any two of them. @param digest of the run's flags, the beginning is taken */
export function folderNameOf({scenario, writer, judge}: MatrixRun, digest: string): string {
  const words = [scenario, writer, judge].map(word => word.replaceAll(/[^\w.-]+/gu, '-').slice(-40))
  return ['matrix', ...words, digest.slice(0, 8)].join('_')
}
