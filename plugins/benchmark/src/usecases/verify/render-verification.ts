import type {Verification} from './verify-run.js'

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
