/** @throws RangeError unless there is one weight, 0 or more, for each ranking. */
export function weightsOf(
  rankings: readonly unknown[],
  weights: readonly number[] = rankings.map(() => 1),
): readonly number[] {
  if (weights.length !== rankings.length)
    throw new RangeError(`${weights.length} weights for ${rankings.length} rankings: one for each is needed`)
  const bad = weights.find(weight => !(weight >= 0 && weight < Infinity))
  if (bad !== undefined) throw new RangeError(`a weight is ${bad}: numbers from 0 are needed`)
  return weights
}
