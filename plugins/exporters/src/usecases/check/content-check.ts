import type {Finding} from '../../domain/finding.js'
import type {GrowingHash, Hashing} from '../../domain/hashing.js'
import type {ExportFacts, RecordFile} from '../../domain/manifest/manifest.js'

interface FileTally {
  records: number
  bytes: number
  hash: GrowingHash
}

const LINE_FEED = Buffer.from('\n')

/** Holds what comes out of each file (its lines, decompressed) against what the manifest says of it. */
export class ContentCheck {
  readonly #tallies = new Map<string, FileTally>()
  readonly #hasInnerContent: boolean

  constructor(
    private readonly facts: ExportFacts,
    private readonly hashing: Hashing,
  ) {
    // The content of a plain file is the file, which has a hash already.
    this.#hasInnerContent = facts.format === 'parquet' || facts.compression !== 'none'
  }

  add(file: string, line: Uint8Array): void {
    const tally = this.#tallies.get(file) ?? {records: 0, bytes: 0, hash: this.hashing.growing()}
    this.#tallies.set(file, tally)
    tally.records += 1
    if (!this.#hasInnerContent) return
    tally.bytes += line.byteLength + 1
    tally.hash.update(line)
    tally.hash.update(LINE_FEED)
  }

  /** To be called behind the last record. */
  close(): Finding[] {
    return this.facts.files.flatMap(file => this.#compare(file))
  }

  #compare({name, records, content_bytes, content_sha256}: RecordFile): Finding[] {
    const tally = this.#tallies.get(name)
    if ((tally?.records ?? 0) !== records)
      return [
        {rule: 'count', file: name, message: `holds ${tally?.records ?? 0} records, the manifest says ${records}`},
      ]
    if (!tally || !this.#hasInnerContent) return []
    if (tally.bytes === content_bytes && tally.hash.hex() === content_sha256) return []
    return [{rule: 'hash', file: name, message: 'holds another content than the manifest says'}]
  }
}
