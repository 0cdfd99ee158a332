import {readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

const RETRIEVAL = new URL('../../../../../shared/data/retrieval/', import.meta.url)

/** Text of a file of the shared retrieval data; `.gz` is unpacked. */
export function readShared(path: string): string {
  const bytes = readFileSync(new URL(path, RETRIEVAL))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
