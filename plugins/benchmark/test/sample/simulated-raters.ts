import {seededRandom} from '@ep23/statistics'

import type {ScoreCalibration} from '#src/domain/calibration.js'
import {gateCalibration} from '#src/domain/calibration-status.js'
import {agreementOfRows} from '#src/usecases/calibrate/agreement-of-rows.js'

/** Labels from 1 to 5 that simulated people gave, and a judge's scores. */
export interface RatersCell {
  /** Days, books: what texts of one source are worth is alike. */
  sources: number
  /** Texts of a source. */
  size: number
  raters: number
  /** Correlation of what two raters think of a text. */
  agreement: number
  /** Correlation of the judge with what raters have in common; 0 for a judge that knows nothing. */
  judge: number
  /** Share of the variance, of people and judge alike, that lies between sources. */
  level: number
}

export type Random = ReturnType<typeof seededRandom>

const AT = '2024-12-04T00:00:00.000Z'
const HOUSE = {judge: 'house', signature: 'house|v:1', model: null}

/** The status that the gates of such a judge get. */
export function statusOfCell(cell: RatersCell, random: Random): string {
  return gateCalibration({...HOUSE, at: AT, known: [calibrationOf(cell, random)]}, 'coverage').status
}

export function calibrationOf(cell: RatersCell, random: Random): ScoreCalibration {
  const {people, ...agreement} = agreementOfRows(rowsOf(cell, random), {seed: 1, resamples: 200})
  const raters = Array.from({length: cell.raters}, (_, rater) => `r${rater}`)
  return {
    ...{...HOUSE, score: 'coverage', given_length: null, rubric: null, at: AT, labels_sha256: ''},
    ...agreement,
    people: {
      ...{...people, raters, alt_test: null, length_slope: null, part: 'all', held_out_uses: 1},
      estimate: {mean: 3, low: null, high: null, lambda: 0, digests: 0, labels_alone: 3},
    },
  }
}

export function rowsOf({sources, size, raters, agreement, judge, level}: RatersCell, random: Random) {
  return Array.from({length: sources}, (_, source) => {
    const [worth, noise, ...own] = Array.from({length: 2 + raters}, () => alike(size, level, random))
    return Array.from({length: size}, (_, text) => {
      const common = worth?.[text] ?? 0
      return {
        source: `s${source}`,
        labels: own.map(opinion => step(blend(common, opinion[text] ?? 0, Math.sqrt(agreement)))),
        judge: Math.min(5, Math.max(1, 3.6 + blend(common, noise?.[text] ?? 0, judge))),
      }
    })
  }).flat()
}

/** Standard normal values of the texts of one source. */
function alike(size: number, level: number, random: Random): number[] {
  const shared = normal(random)
  return Array.from({length: size}, () => blend(shared, normal(random), Math.sqrt(level)))
}

/** Two standard normal values as one that correlates with the first by `weight`. */
function blend(first: number, second: number, weight: number): number {
  return weight * first + Math.sqrt(1 - weight ** 2) * second
}

function step(value: number): number {
  return Math.min(5, Math.max(1, Math.round(3.6 + value)))
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}
