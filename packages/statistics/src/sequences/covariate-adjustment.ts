import {mean} from '../inference/moments.js'
import {requireFinite, requireSome} from '../measurement.js'

/** A value of a group, and what else it depends on. */
export interface CovariateRow {
  group: string
  value: number
  covariate: number
}

/** What a baseline says of each group, and how values go with the covariate inside the groups. */
export interface CovariateAdjustment {
  /** Change of the value for 1 of the covariate; 0 where the covariate does not vary. */
  slope: number
  groups: Record<string, {value: number; covariate: number}>
}

/**
 * Common slope of values on a covariate within groups, each around its own means (analysis of covariance):
 * b = Σ(c − c̄_g)(y − ȳ_g) / Σ(c − c̄_g)². Fitted once on a baseline and then frozen, so that a slow decline cannot become its own
 * yardstick.
 * @example fitCovariate([{group: 'a', value: 1, covariate: 1}, {group: 'a', value: 3, covariate: 2}]).slope // 2
 * @throws RangeError for no rows, or a number that is not finite.
 */
export function fitCovariate(rows: readonly CovariateRow[]): CovariateAdjustment {
  requireSome(rows, 'rows')
  const groups = Object.fromEntries(
    [...Map.groupBy(rows, ({group}) => group)].map(([group, own]) => [
      group,
      {value: mean(own.map(({value}) => value)), covariate: mean(own.map(({covariate}) => covariate))},
    ]),
  )
  let [products, squares] = [0, 0]
  for (const {group, value, covariate} of rows) {
    requireFinite(value, 'value')
    requireFinite(covariate, 'covariate')
    const centre = groups[group] ?? {value, covariate}
    products += (covariate - centre.covariate) * (value - centre.value)
    squares += (covariate - centre.covariate) ** 2
  }
  return {slope: squares === 0 ? 0 : products / squares, groups}
}

/**
 * What a value is above (or below) what its group and covariate let expect; undefined for a group that the baseline does not know.
 * @example adjustedValue({group: 'a', value: 5, covariate: 2}, {slope: 2, groups: {a: {value: 2, covariate: 1}}}) // 1
 */
export function adjustedValue(
  {group, value, covariate}: CovariateRow,
  {slope, groups}: CovariateAdjustment,
): number | undefined {
  const centre = groups[group]
  return centre && value - centre.value - slope * (covariate - centre.covariate)
}
