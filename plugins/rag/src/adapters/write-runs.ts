import {parse, format} from 'node:path'

import {writeFileAtomically} from '@ep23/sdk'

import {printTrecRun} from '../formats/trec-run.js'
import type {Run} from '../measures/ranking/judgements.js'

/** Writes TREC run files: `FILE`, and for the repetitions `FILE` with the number of the run before its ending. */
export async function writeRuns(path: string, runs: readonly Run[], tag: string): Promise<string[]> {
  const files = runs.map((_, i) => (i === 0 ? path : numbered(path, i + 1)))
  for (const [i, run] of runs.entries()) await writeFileAtomically(files[i]!, withBreaks(printTrecRun(run, tag)))
  return files
}

function numbered(path: string, number: number): string {
  const {dir, name, ext} = parse(path)
  return format({dir, name: `${name}.${number}`, ext})
}

function* withBreaks(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}
