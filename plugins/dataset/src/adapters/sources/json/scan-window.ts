import type {ByteWindow} from '../bytes/byte-window.js'
import {jsonProblem} from './json-problem.js'
import {DEEPEST, type JsonScanner} from './json-scanner.js'

/** Scans what is unread in the window, except its first `scanned` bytes; returns the index where the scan stopped. */
export function scanWindow(window: ByteWindow, scanner: JsonScanner, scanned: number): number {
  const stop = scanner.scan(window.bytes.subarray(0, window.end), window.start + scanned)
  if (scanner.stop === 'depth') throw jsonProblem(window, `nested deeper than ${DEEPEST} levels`)
  return stop
}
