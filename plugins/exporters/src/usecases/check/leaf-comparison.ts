import {join} from 'node:path'

import type {Finding} from '../../domain/finding.js'
import type {ExportFacts} from '../../domain/manifest/manifest.js'
import type {FilePorts} from '../../domain/ports.js'

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
    return missing ? [{rule: 'hash', sample_id: missing.sample_id, message: 'is missing: the file ends before it'}] : []
  }

  #difference(recorded: Leaf | undefined, sampleId: string | undefined): string {
    if (!recorded) return `is not among the recorded hashes: ${this.#file} ends before it`
    if (sampleId === undefined || recorded.sample_id === sampleId)
      return `is not the record that ${recorded.sample_id} was: its hash differs`
    return `stands where ${recorded.sample_id} was recorded`
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
    return {leaf: '', sample_id: 'a damaged entry'}
  }
}
