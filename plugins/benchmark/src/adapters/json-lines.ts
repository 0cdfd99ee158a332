import {readLines} from '@ep23/plugin-exporters'
import {badDataError} from '@ep23/sdk'

/**
 * The values of a JSON Lines file (compressed when its name says so), one at a time.
 * @throws Ep23Error BENCHMARK_BAD_LINE (65) naming file and line, and what `readLines` throws
 */
export async function* readJsonLines(path: string): AsyncGenerator {
  let number = 0
  for await (const line of readLines(path)) {
    number += 1
    if (line.trim() === '') continue
    yield parseLine(line, path, number)
  }
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch (error) {
    throw badDataError(
      'BENCHMARK_BAD_LINE',
      `${path}, line ${number} is not JSON: ${(error as Error).message}`,
      ['the file was cut short or changed by hand: take it from where it was written'],
      error,
    )
  }
}
