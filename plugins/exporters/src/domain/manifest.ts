import {canonicalJson} from './canonical-json.js'
import type {RecordCounts, RECORD_ORDER} from './record-stats.js'

export const MANIFEST_VERSION = 1

export type Format = 'jsonl' | 'parquet'
export type Compression = 'none' | 'gzip' | 'zstd'

export interface FileFacts {
  /** Name in the manifest's own folder. */
  name: string
  bytes: number
  sha256: string
}

/** A file of records; a compressed one also says what comes out of it, because compressors change and contents do not. */
export interface RecordFile extends FileFacts {
  records: number
  content_bytes: number
  content_sha256: string
}

/** Calendar days in a zone, both included. */
export interface WindowFacts {
  from: string
  to: string
  days: number
  time_zone: string
  /** Who chose it. */
  source: 'flags' | 'snapshot'
}

/** What was asked for; `any` and null do not narrow. */
export interface QueryFacts {
  /** Null: all days. */
  window: WindowFacts | null
  channels: readonly string[] | 'any'
  language: string
  origin: string
  limit: number | null
}

/** How many stored records the query left out, by the condition that did it (in this order; each counts what the former let pass). */
export interface LeftOut {
  by_window: number
  by_channel: number
  by_language: number
  by_origin: number
  by_limit: number
  total: number
}

/** One of the runs that verification compares. */
export interface RunFacts {
  records: number
  files: readonly {name: string; sha256: string}[]
  started_at: string
  finished_at: string
}

export interface ExportFacts {
  exporter: string
  plugin: string
  schema: FileFacts & {id: string | null; canonical_sha256: string}
  query: QueryFacts
  /** Null where nobody can tell: an external command reports no counts. */
  left_out: LeftOut | null
  order: typeof RECORD_ORDER
  /** True: each line is RFC 8785 JSON with U+0085, U+2028 and U+2029 escaped, byte for byte. */
  canonical: boolean
  format: Format
  compression: Compression
  records: RecordCounts
  /** RFC 6962 tree over the records' canonical lines; `leaves` names each record's hash. */
  merkle: {algorithm: 'RFC 6962 SHA-256'; root: string; leaves: FileFacts}
  files: readonly RecordFile[]
  /** Verification only: runs whose bytes were compared. Bytes may differ where the exporter's entry says why. */
  runs?: readonly RunFacts[]
  bytes_may_differ?: string
}

/** What a folder of exports holds and how it came to be; everything but run and time can be computed again from the files. */
export interface Manifest {
  manifest_version: typeof MANIFEST_VERSION
  ep23_version: string
  command: string
  run_id: string
  trace_id: string
  started_at: string
  finished_at: string
  exports: readonly ExportFacts[]
  /** Other evidence: `schema_validation.json`. */
  reports: readonly FileFacts[]
  /** File with the signature over all files, when there is one. */
  signature: string | null
}

/** All files that the manifest vouches for, without itself. */
export function manifestFiles(manifest: Manifest): FileFacts[] {
  const ofExports = manifest.exports.flatMap(({files, schema, merkle}) => [...files, schema, merkle.leaves])
  return [...ofExports, ...manifest.reports]
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
type TextHash = (text: string) => string

type SealedManifest = Manifest & {manifest_sha256: string}

/**
 * The manifest as it stands in its file: indented JSON that ends with `manifest_sha256`, the hash of its own canonical
 * JSON without that field. It shows an accident, not a forger: that takes a signature.
 */
export function renderManifest(manifest: Manifest, hash: TextHash): string {
  const sealed: SealedManifest = {...manifest, manifest_sha256: hash(canonicalJson(manifest))}
  return `${JSON.stringify(sealed, null, 2)}\n`
}

/**
 * Reads what `renderManifest` wrote.
 * @throws SyntaxError for what is no JSON; the shape is the caller's to check first
 * @returns the manifest, and whether the text is byte for byte what would be written today
 */
export function openManifest(text: string, hash: TextHash): {manifest: Manifest; intact: boolean} {
  const {manifest_sha256: _seal, ...manifest} = JSON.parse(text) as SealedManifest
  return {manifest, intact: renderManifest(manifest, hash) === text}
}

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
