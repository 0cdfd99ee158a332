import {setFlagsFromString} from 'node:v8'

/**
 * Lets V8 collect rather than grow: what an answer leaves behind is garbage once it is sent, and a server under full load
 * would keep for good what its heap has grown to (330 MB instead of 160 MB in bench/server-load.ts). V8 reads both flags
 * each time it would grow its heap.
 */
export function keepMemoryFlat(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--optimize-for-size')
}
