import {expect} from 'chai'
import type {RandomGenerator} from 'pure-rand/types/RandomGenerator'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import type {Ended} from './run-ep23.ts'

/**
 * Runs something again and again until it was killed at so many random moments. A run that ends before its moment tells how soon that
 * is on this machine, and the later moments lie within it.
 * @param withinMs what the first run takes when it is left alone
 */
export async function killAtRandom(
  run: (killAfter: number) => Promise<Ended>,
  {kills, random, withinMs}: {kills: number; random: RandomGenerator; withinMs: number},
): Promise<void> {
  let within = withinMs
  for (let killed = 0, runs = 0; killed < kills; runs += 1) {
    expect(runs, `runs for ${killed} kills`).to.be.below(10 * kills)
    const started = performance.now()
    const {signal} = await run(uniformInt(random, 1, Math.ceil(within)))
    if (signal === 'SIGKILL') killed += 1
    else within = performance.now() - started
  }
}
