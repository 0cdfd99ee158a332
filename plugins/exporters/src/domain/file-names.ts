import type {Compression, Format} from './manifest.js'

const COMPRESSION_ENDINGS: Readonly<Record<Compression, string>> = {none: '', gzip: '.gz', zstd: '.zst'}

/** `digests.jsonl.gz`, or `digests-00001.jsonl.gz` for a part. Parquet files are compressed inside and keep their name. */
export function recordsFileName(
  stem: string,
  {format, compression}: {format: Format; compression: Compression},
  part?: number,
): string {
  const numbered = part === undefined ? stem : numberedStem(stem, part)
  return format === 'parquet' ? `${numbered}.parquet` : `${numbered}.jsonl${COMPRESSION_ENDINGS[compression]}`
}

/** A part of any file, by its number from 1: `data.csv` becomes `data-00001.csv.gz`. */
export function partName(name: string, part: number, compression: Compression): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return `${numberedStem(stem, part)}${ending}${COMPRESSION_ENDINGS[compression]}`
}

/** Whether `partName` can have given this name. */
export function isPartOf(name: string, whole: string): boolean {
  const part = Number(/-(\d{5,})(?=\.|$)/u.exec(name)?.[1])
  return Object.keys(COMPRESSION_ENDINGS).some(how => partName(whole, part, how as Compression) === name)
}

function numberedStem(stem: string, part: number): string {
  return `${stem}-${String(part).padStart(5, '0')}`
}

/** The files that verification adds to what an export has. */
export const EVIDENCE_MANIFEST = 'manifest.json'
export const EVIDENCE_SIGNATURE = 'manifest.dsse.json'
export const ARCHIVE_SCHEMA_REPORT = 'schema_validation.json'
export const ARCHIVE_TAR = 'evidence.tar.gz'
export const ARCHIVE_TAR_HASH = 'evidence.tar.gz.sha256'

/** The files that stand beside an export's records. */
export function companionNames(stem: string): {leaves: string; schema: string; manifest: string; signature: string} {
  return {
    leaves: `${stem}.leaves.jsonl`,
    schema: `${stem}.schema.json`,
    manifest: `${stem}.manifest.json`,
    signature: `${stem}.manifest.dsse.json`,
  }
}

/** How a file is compressed, by its name. */
export function compressionOf(name: string): Compression {
  if (name.endsWith('.gz')) return 'gzip'
  return name.endsWith('.zst') ? 'zstd' : 'none'
}

/** The format of a file of records, by its name. */
export function formatOf(name: string): Format | undefined {
  if (name.endsWith('.parquet')) return 'parquet'
  return /\.jsonl(?:\.gz|\.zst)?$/u.test(name) ? 'jsonl' : undefined
}

/** A file's name without the endings that this product gives. */
export function stemOf(name: string): string {
  return name.replace(/\.(?:parquet|jsonl(?:\.gz|\.zst)?)$/u, '')
}

/** A name that stays in its folder and shows as it is: no path, no hidden file, no control character. */
export function isPlainName(name: string): boolean {
  return /^[^./\\\p{C}][^/\\\p{C}]*$/u.test(name)
}

/** A file that vouches for others: it is put in place behind them. */
export function isVoucher(name: string): boolean {
  return name === EVIDENCE_MANIFEST || /\.(?:manifest|parts)\.json$/u.test(name)
}
