import {join} from 'node:path'

import type {Finding} from '../domain/finding.js'
import type {ExportFacts, RecordFile} from '../domain/manifest.js'
import type {GrowingHash, Hashing, FilePorts} from '../domain/ports.js'
import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'

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
        {rule: 'count', file: name, message: message('holdsRecords', {found: tally?.records ?? 0, said: records})},
      ]
    if (!tally || !this.#hasInnerContent) return []
    if (tally.bytes === content_bytes && tally.hash.hex() === content_sha256) return []
    return [{rule: 'hash', file: name, message: message('contentDiffers')}]
  }
}

interface Leaf {
  leaf: string
  sample_id: string
}

/** Holds records against the file of their hashes, side by side. Only the first difference is told: the rest follow from it. */
export class LeafComparison {
  readonly #lines: AsyncIterator<Buffer[]>
  readonly #file: string
  #batch: readonly Buffer[] = []
  #position = 0
  #differs = false

  constructor(files: Pick<FilePorts, 'readLines'>, folder: string, {merkle}: ExportFacts) {
    this.#file = merkle.leaves.name
    this.#lines = files.readLines(join(folder, this.#file))[Symbol.asyncIterator]()
  }

  async next(leaf: string, sampleId: string | undefined): Promise<Finding[]> {
    const recorded = await this.#read()
    if (this.#differs || recorded?.leaf === leaf) return []
    this.#differs = true
    return [{rule: 'hash', message: this.#difference(recorded, sampleId)}]
  }

  /** To be called behind the last record. */
  async close(): Promise<Finding[]> {
    const missing = this.#differs ? undefined : await this.#read()
    await this.#lines.return?.()
    return missing ? [{rule: 'hash', sample_id: missing.sample_id, message: message('missingFileEnds')}] : []
  }

  #difference(recorded: Leaf | undefined, sampleId: string | undefined): Message {
    if (!recorded) return message('notAmongHashes', {file: this.#file})
    if (sampleId === undefined || recorded.sample_id === sampleId)
      return message('notTheRecord', {sample: recorded.sample_id})
    return message('inThePlace', {sample: recorded.sample_id})
  }

  async #read(): Promise<Leaf | undefined> {
    while (this.#position === this.#batch.length) {
      const {done, value} = await this.#lines.next()
      if (done) return undefined
      this.#batch = value
      this.#position = 0
    }
    return parseLeaf(this.#batch[this.#position++])
  }
}

function parseLeaf(line: Buffer | undefined): Leaf {
  try {
    const {leaf, sample_id} = JSON.parse(String(line)) as Record<keyof Leaf, unknown>
    return {leaf: String(leaf), sample_id: String(sample_id)}
  } catch {
    return {leaf: '', sample_id: message('damagedEntry').english}
  }
}
