import {isArchivedName, type FileFacts} from '../../domain/run-folder.js'
import {firstDifference} from './first-difference.js'
import {message, recorded} from '../../words/words.js'
import {type Message, type Text, joined} from '@ep23/sdk'

/** What is compared, in the language of people; documents have it in English. */
const CHECKS = [
  ...(['checkedFiles', 'checkedFingerprint', 'checkedScenario', 'checkedPrompt', 'checkedDataset'] as const),
  ...(['checkedRawAnswers', 'checkedStoredScores', 'checkedWrittenAnswers', 'checkedScores'] as const),
  ...(['checkedAssessment', 'checkedLines', 'checkedFolder'] as const),
]

export interface Check {
  check: string
  ok: boolean
  /** The first difference; null when there is none. */
  difference: Text | null
}

export interface Verification {
  run_id: string
  checks: readonly Check[]
  /** The first difference of all; null when everything came out the same. */
  first_difference: Message | null
  judgements: number
  /** Judgements whose scores were computed again from texts or raw answers. */
  recomputed: number
  notes: readonly Message[]
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
    notes: [message('nothingComputed')],
  }
}

/** Files have their own names. */
function checkName(name: string): Text {
  return recorded(name, CHECKS) ?? name
}

export function check(name: string, difference: Text | undefined): Check {
  return {check: name, ok: difference === undefined, difference: difference ?? null}
}

/** `assessment: gates.0.verdict: stored …`; null when everything came out the same. */
export function firstDifferenceOf(checks: readonly Check[]): Message | null {
  const first = checks.find(({difference}) => difference !== null)
  return first ? joined([checkName(first.check), first.difference ?? ''], ': ') : null
}

/** The first file that is not as it was written down. */
export async function filesDifference({factsOf}: FilesDeps, files: readonly FileFacts[]): Promise<Text | undefined> {
  for (const file of files) {
    const name: unknown = (file as FileFacts | undefined)?.name
    if (typeof name !== 'string' || !isArchivedName(name))
      return message('namesNoFile', {name: JSON.stringify(name ?? file)})
    const found = await factsOf(file.name)
    if (!found) return message('fileMissing', {name: file.name})
    const difference = firstDifference({...file}, {...found}, file.name)
    if (difference) return difference
  }
  return undefined
}

export function renderVerification(found: Verification & {path: string; verified: boolean}): Text[] {
  const {path, checks, first_difference: first, judgements, recomputed, notes, verified, run_id} = found
  return [
    ...checks.map(({check, difference}) =>
      difference === null
        ? message('sameCheck', {check: checkName(check)})
        : message('differentCheck', {check: checkName(check), difference}),
    ),
    ...notes.map(note => message('noteIs', {note})),
    verified
      ? message('cameOutSame', {path, run_id, recomputed, judgements})
      : message('runDiffers', {path, first: first ?? ''}),
  ]
}
