import {type Random, seededRandom} from '#src/inference/random.js'

/** Random scores of known truth, from one seeded stream. */
export class Simulation {
  private readonly random: Random

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  unit(): number {
    return this.random.unit()
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random.unit())) * Math.cos(2 * Math.PI * this.random.unit())
  }

  /** Beta(a, b) for whole a and b: the a-th smallest of a + b − 1 uniform numbers. */
  beta(a: number, b: number): number {
    const uniform = Float64Array.from({length: a + b - 1}, () => this.random.unit())
    return uniform.sort()[a - 1]!
  }

  /** One of the values, with these probabilities. */
  step(values: readonly number[], probabilities: readonly number[]): number {
    let rest = this.random.unit()
    const place = probabilities.findIndex(probability => (rest -= probability) < 0)
    return values.at(place)!
  }
}

/** Share of runs in which something holds. */
export function shareOf(runs: number, holds: () => boolean): number {
  let count = 0
  for (let run = 0; run < runs; run++) if (holds()) count++
  return count / runs
}
