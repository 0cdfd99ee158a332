import {badDataError} from '@ep23/sdk'

/** A line of a run's file. @throws Ep23Error BENCHMARK_BAD_LINE (65) naming file and line */
export function parseLine<T>(text: string, file: string, number: number): T {
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw badDataError('BENCHMARK_BAD_LINE', `${file}, line ${number} is not JSON`, [], error)
  }
}
