import {isArchivedName, type FileFacts} from '../../domain/run-folder.js'
import {firstDifference} from './first-difference.js'

export interface Check {
  check: string
  ok: boolean
  /** The first difference; null when there is none. */
  difference: string | null
}

export interface Verification {
  run_id: string
  checks: readonly Check[]
  /** The first difference of all; null when everything came out the same. */
  first_difference: string | null
  judgements: number
  /** Judgements whose scores were computed again from texts or raw answers. */
  recomputed: number
  notes: readonly string[]
}

export interface FilesDeps {
  /** Facts of a file as it is; undefined when it is missing. */
  factsOf: (name: string) => Promise<FileFacts | undefined>
}

/** Nothing but these checks: what else there is could not be read. */
export function nothingComputed(run_id: string, checks: readonly Check[]): Verification {
  return {
    run_id,
    checks,
    first_difference: firstDifferenceOf(checks),
    judgements: 0,
    recomputed: 0,
    notes: ['nothing was computed again'],
  }
}

export function check(name: string, difference: string | undefined): Check {
  return {check: name, ok: difference === undefined, difference: difference ?? null}
}

/** `assessment: gates.0.verdict: stored …`; null when everything came out the same. */
export function firstDifferenceOf(checks: readonly Check[]): string | null {
  const first = checks.find(({difference}) => difference !== null)
  return first ? `${first.check}: ${first.difference}` : null
}

/** The first file that is not as it was written down. */
export async function filesDifference({factsOf}: FilesDeps, files: readonly FileFacts[]): Promise<string | undefined> {
  for (const file of files) {
    const name: unknown = (file as FileFacts | undefined)?.name
    if (typeof name !== 'string' || !isArchivedName(name))
      return `files names ${JSON.stringify(name ?? file)}, no file of a run`
    const found = await factsOf(file.name)
    if (!found) return `${file.name} is missing`
    const difference = firstDifference({...file}, {...found}, file.name)
    if (difference) return difference
  }
  return undefined
}

export function renderVerification(found: Verification & {path: string; verified: boolean}): string[] {
  const {path, checks, first_difference: first, judgements, recomputed, notes, verified, run_id} = found
  return [
    ...checks.map(({check, difference}) =>
      difference === null ? `same     ${check}` : `DIFFERS  ${check}: ${difference}`,
    ),
    ...notes.map(note => `note: ${note}`),
    verified
      ? `${path}: run ${run_id} came out the same, ${recomputed} of ${judgements} judgements computed again`
      : `${path} DIFFERS: ${first}`,
  ]
}
