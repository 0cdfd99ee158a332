import type {ProvisionReport} from './check-provision.js'

/** The findings for people: file and place, what is wrong, what to do. */
export function renderReport({files, queries, findings}: ProvisionReport): string[] {
  const lines = findings.flatMap(({rule, file, place, problem, fix}) => [
    `${file}, ${place}: ${problem} [${rule}]`,
    `    ${fix}`,
  ])
  const verdict = findings.length === 0 ? 'nothing found' : `${findings.length} findings`
  return [...lines, `${verdict} in ${files} files with ${queries} queries`]
}
