import {setFlagsFromString} from 'node:v8'

/**
 * Lets V8 prefer collecting to growing, for commands and servers that work through many records one by one. What a record or an
 * answer leaves behind is garbage at once, so neither a larger nursery nor a larger old space buys time; they cost 50 MB by the
 * millionth exported record (bench/export.ts), 100 MB at 100,000 samples for 6 % of the processor time (`npm run bench`),
 * and 330 MB instead of 140 MB in a server under full load, which it keeps (bench/server-load.ts). The nursery keeps the 4 MB that
 * loading a command has given it: with `--optimize-for-size` V8 shrinks it to 1 MB, and what outlives so little fills the old space,
 * which costs `benchmark:verify` a fifth more processor time.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=10')
}
