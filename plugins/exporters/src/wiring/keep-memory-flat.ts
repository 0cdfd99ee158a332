import {setFlagsFromString} from 'node:v8'

/**
 * Lets V8 prefer collecting to growing. What a record leaves behind is garbage within microseconds, so neither a larger
 * nursery nor a larger old space buys time; they cost 50 MB by the millionth record (bench/export.ts). V8 reads both flags
 * each time it would grow its heap.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--optimize-for-size')
}
