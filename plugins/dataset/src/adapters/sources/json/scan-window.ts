import type {ByteWindow} from '../bytes/byte-window.js'
import {tooDeep} from './json-problem.js'
import type {JsonScanner} from './json-scanner.js'

/** Scans what is unread in the window, except its first `scanned` bytes; returns the index where the scan stopped. */
export function scanWindow(window: ByteWindow, scanner: JsonScanner, scanned: number): number {
  const stop = scanner.scan(window.bytes.subarray(0, window.end), window.start + scanned)
  if (scanner.stop === 'depth') throw tooDeep(window)
  return stop
}
