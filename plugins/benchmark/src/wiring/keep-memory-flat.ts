import {setFlagsFromString} from 'node:v8'

/**
 * Lets V8 prefer collecting to growing. What a sample leaves behind is garbage at once, so neither a larger nursery nor a larger
 * old space buys time: at 100,000 samples they cost 100 MB for 6 % of the processor time (bench/benchmark-run.ts). V8 reads both
 * flags each time it would grow its heap.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--optimize-for-size')
}
