/** A set of files on its way: they appear together or not at all. */
export interface Staging {
  /** Files are written here, under their final names; same file system as the destination. */
  readonly folder: string
  /** Puts all files in place as one: a reader finds the old set or the new one, also after a kill at any moment. */
  publish(): Promise<void>
  discard(): Promise<void>
}

export interface StagedSet {
  /** Destination folder. */
  folder: string
  /** Names the set: one set is published at a time. */
  label: string
}

export type OpenStaging = (set: StagedSet) => Promise<Staging>
