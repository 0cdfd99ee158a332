/** A score, or `undefined` where nothing was measured. An unmeasured sample is never 0, never 1, never NaN. */
export type Measurement = number | undefined

/** What was measured: finite numbers only, and how many are missing. */
export interface Sample {
  values: Float64Array
  measured: number
  unmeasured: number
}

/**
 * The measured values among those given: the one door at which values are looked at.
 * @param name of the argument, for the error text
 * @throws RangeError for a value that is NaN or infinite
 */
export function sample(values: readonly Measurement[] | Float64Array, name: string): Sample {
  const kept = new Float64Array(values.length)
  let measured = 0
  for (let position = 0; position < values.length; position++) {
    const value = values[position]
    if (value === undefined) continue
    if (!Number.isFinite(value)) requireFinite(value, `${name}[${position}]`)
    kept[measured++] = value
  }
  return {values: kept.subarray(0, measured), measured, unmeasured: values.length - measured}
}

/** @throws RangeError naming the argument when it is NaN or infinite. */
export function requireFinite(value: number, name: string): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} is ${value}: pass undefined for what was not measured`)
}

/** @throws RangeError naming the first element that is NaN or infinite. */
export function requireAllFinite(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++) {
    // The name is put together only for the error: resampling comes here a million times.
    const value = values[i] ?? Number.NaN
    if (!Number.isFinite(value)) requireFinite(value, `${name}[${i}]`)
  }
}

/** @throws RangeError when there is nothing to work on. */
export function requireSome(values: ArrayLike<unknown>, name: string): void {
  if (values.length === 0) throw new RangeError(`${name} is empty: there is nothing to measure`)
}

/** @throws RangeError unless it is a whole number of at least `least`. */
export function requireCount(value: number, name: string, least = 1): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}: a whole number of at least ${least} is needed`)
  }
}

/** @throws RangeError unless it lies strictly between 0 and 1. */
export function requireFraction(value: number, name: string): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} is ${value}: a number between 0 and 1 is needed`)
}

/** @throws RangeError when two arrays that belong together differ in length. */
export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, names: string): void {
  if (a.length !== b.length)
    throw new RangeError(`${names} have ${a.length} and ${b.length} elements: equal lengths are needed`)
}

/** @throws RangeError unless both are finite and equally long: what two raters or rankings say of the same items. */
export function requirePairs(xs: ArrayLike<number>, ys: ArrayLike<number>): void {
  requireSameLength(xs, ys, 'xs and ys')
  requireAllFinite(xs, 'xs')
  requireAllFinite(ys, 'ys')
}
