import {setFlagsFromString} from 'node:v8'

/**
 * Lets V8 collect rather than grow: what a sample leaves behind is garbage at once, so a larger heap buys no time
 * (bench/benchmark-run.ts).
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
