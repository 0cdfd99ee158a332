import type {ExportRecord} from '@ep23/sdk'

import {recordsFileName} from '../../domain/file-names.js'
import type {Compression, RecordFile} from '../../domain/manifest/manifest.js'
import type {RecordSink} from '../../domain/records/record-sink.js'
import {PartedFile} from './parted-file.js'

export interface JsonLinesOptions {
  folder: string
  /** File name without endings. */
  stem: string
  compression: Compression
  /** Largest part in bytes, as it lies on disk; without it there is one file. */
  split?: number | undefined
}

/** Records as JSON lines in one file or in parts of a size. */
export class JsonLinesSink implements RecordSink {
  readonly #file: PartedFile

  constructor({stem, ...options}: JsonLinesOptions) {
    const {compression} = options
    this.#file = new PartedFile({
      ...options,
      nameOf: part => recordsFileName(stem, {format: 'jsonl', compression}, part),
    })
  }

  write({sample_id}: ExportRecord, line: Uint8Array): Promise<void> | undefined {
    return this.#file.add(line, () => `record ${sample_id}`)
  }

  close(): Promise<RecordFile[]> {
    return this.#file.close()
  }

  abandon(): Promise<void> {
    return this.#file.abandon()
  }
}
