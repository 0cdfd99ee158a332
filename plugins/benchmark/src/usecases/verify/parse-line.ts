import {badDataError} from '@ep23/sdk'

/** A line of a run's file. @throws Ep23Error BENCHMARK_BAD_LINE (65) naming file and line */
export function parseLine(text: string, file: string, number: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw badDataError('BENCHMARK_BAD_LINE', `${file}, line ${number} is not JSON`, [], error)
  }
}
