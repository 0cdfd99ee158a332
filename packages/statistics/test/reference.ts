import {readFileSync} from 'node:fs'

import {expect} from 'chai'

const SCORED = new URL('../../../../shared/data/summaries/human_scored/summaries.jsonl', import.meta.url)

/** Values of a reference implementation; `fixtures/README.md` says how they were made. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the file's shape
export function referenceValues<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}

/** Equal within 1e-9 of the larger of 1 and the value; `null` in a fixture is an undefined number. */
export function expectClose(actual: number | undefined, expected: number | null, what = 'value'): void {
  if (expected === null || actual === undefined) expect(actual ?? null, what).to.equal(expected)
  else expect(actual, what).to.be.closeTo(expected, 1e-9 * Math.max(1, Math.abs(expected)))
}

/** 52 Russian summaries that experts scored 1 to 5, with what other measures gave them. */
export function scoredSummaries(): Record<string, number>[] {
  const lines = readFileSync(SCORED, 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as Record<string, number>)
}
