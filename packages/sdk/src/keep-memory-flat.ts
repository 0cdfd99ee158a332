import {setFlagsFromString} from 'node:v8'

const SHORT_MS = 750

/**
 * Lets V8 prefer collecting to growing, for commands and servers that work through many records one by one. What a record or an
 * answer leaves behind is garbage at once, so neither a larger nursery nor a larger old space buys time; they cost 50 MB by the
 * millionth exported record (bench/export.ts), 100 MB at 100,000 samples for 6 % of the processor time (`npm run bench`),
 * and 330 MB instead of 160 MB in a server under full load, which it keeps (bench/server-load.ts). V8 reads both flags each time
 * it would grow its heap. Asked for late, a server stays 45 MB larger for good.
 * @param unlessShort leaves the old space alone for the first 750 ms: a command that ends by then has nothing to keep flat, and its
 *   collections are a third of what a judged sample of a short run costs
 */
export function keepMemoryFlat({unlessShort = false} = {}): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  if (unlessShort) setTimeout(collectFirst, SHORT_MS).unref()
  else collectFirst()
}

function collectFirst(): void {
  setFlagsFromString('--optimize-for-size')
  if (!process.listeners('exit').includes(growAgain)) process.once('exit', growAgain)
}

/**
 * A process that ends joins V8's compiler threads. One that waits for the main thread to collect, so that it may allocate, waits for
 * ever (nodejs/node#64274), and with it whoever waits for the command. From here on they grow the heap; those that wait already are
 * served by the next call of a function.
 */
function growAgain(): void {
  setFlagsFromString('--no-optimize-for-size')
}
