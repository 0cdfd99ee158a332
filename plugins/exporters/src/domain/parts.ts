import type {Compression, FileFacts, RecordFile} from './manifest/manifest.js'

export const PARTS_VERSION = 1

/** A file that was cut into parts, and how to tell that what is joined again is the same. Stands beside the parts. */
export interface Parts {
  parts_version: typeof PARTS_VERSION
  file: FileFacts
  compression: Compression
  /** Largest part allowed. */
  max_bytes: number
  parts: readonly RecordFile[]
}

/** `digests.jsonl.parts.json` */
export function partsFileName(name: string): string {
  return `${name}.parts.json`
}
