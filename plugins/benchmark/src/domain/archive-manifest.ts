import type {FileFacts} from './run-folder.js'

export const ARCHIVE_FORMAT = 1
export const ARCHIVE_MANIFEST = 'archive.json'
export const ARCHIVED_REPORT = 'report.html'
/** DSSE envelope with an in-toto statement about `archive.json`, which names all others by hash; there only in a signed archive. */
export const ARCHIVE_SIGNATURE = 'archive.dsse.json'
export const ARCHIVE_PREDICATE = 'urn:ep23:benchmark-run:v1'

/** What an archive holds; without times, so that the same run always gives the same archive. */
export interface ArchiveManifest {
  archive_version: typeof ARCHIVE_FORMAT
  run_id: string
  fingerprint: string
  /** Every other file, by name. */
  files: readonly FileFacts[]
}

/** A name that stays in its folder on every system. */
export function isArchivedName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/iu.test(name)
}
