import {join} from 'node:path'

import type {ExportRecord, JsonSchemaDocument, Message} from '@ep23/sdk'

import {canonicalJson} from '../domain/canonical-json.js'
import type {ExportRequest} from '../domain/export-request.js'
import {companionNames} from '../domain/file-names.js'
import type {ExportFacts, FileFacts, LeftOut, RecordFile} from '../domain/manifest.js'
import type {FilePorts, RecordSink} from '../domain/ports.js'
import {RecordStats, RECORD_ORDER} from '../domain/record-stats.js'
import {renderSchema} from './committed-schema.js'

const INITIAL_BYTES = 64 * 1024
const MOST_BYTES_PER_UNIT = 3
const LINE_FEED = 0x0a

/** Texts as UTF-8 lines in one buffer that is used again for each: exports make no garbage for their bytes. */
export class LineEncoder {
  #buffer = Buffer.alloc(INITIAL_BYTES)

  /** The text and a line feed; to be used or copied before the next call. */
  encode(text: string): Buffer {
    const most = text.length * MOST_BYTES_PER_UNIT + 1
    if (most > this.#buffer.byteLength) this.#buffer = Buffer.alloc(most * 2)
    const end = this.#buffer.write(text, 'utf8')
    this.#buffer[end] = LINE_FEED
    return this.#buffer.subarray(0, end + 1)
  }
}

/** What is found out about an export beside its files of records. */
interface Sources {
  schema: JsonSchemaDocument
  left_out: LeftOut | null
  canonical: boolean
}

/** A record that was added. */
interface AddedRecord {
  leaf: string
  /** What is wrong with the record's place, if anything. */
  misplaced: Message | undefined
}

/** Gathers what the manifest says of an export while its records are written: their stats, and the file with each record's hash. */
export class ManifestBuilder {
  readonly stats: RecordStats
  readonly #encoder = new LineEncoder()

  private constructor(
    private readonly files: FilePorts,
    private readonly request: ExportRequest,
    private readonly folder: string,
    private readonly leaves: RecordSink,
  ) {
    this.stats = new RecordStats(data => files.hashing.sha256(data))
  }

  static async open(files: FilePorts, request: ExportRequest, folder: string): Promise<ManifestBuilder> {
    const layout = {format: 'jsonl', compression: 'none'} as const
    const leaves = await files.createSink({...layout, folder, stem: `${request.stem}.leaves`, schema: {}})
    return new ManifestBuilder(files, request, folder, leaves)
  }

  /**
   * Hashes and counts a record.
   * @param line its canonical line, without line feed
   */
  add(record: ExportRecord, line: Uint8Array): AddedRecord {
    const leaf = this.files.hashing.leafHash(line)
    return {leaf, misplaced: this.stats.add(record, leaf)}
  }

  /** Writes down an added record's hash; a promise when the caller is to wait. */
  writeLeaf(record: ExportRecord, {leaf}: AddedRecord): Promise<void> | undefined {
    const entry = `{"leaf":"${leaf}","sample_id":${JSON.stringify(record.sample_id)}}`
    return this.leaves.write(record, this.#encoder.encode(entry))
  }

  /** Writes the companions and sums up. */
  async close(records: readonly RecordFile[], {schema, left_out, canonical}: Sources): Promise<ExportFacts> {
    const {registration, resolved, layout} = this.request
    const leaves = onlyFacts((await this.leaves.close())[0])
    return {
      exporter: registration.name,
      plugin: registration.plugin,
      schema: await this.#writeSchema(schema),
      query: resolved.facts,
      left_out,
      order: RECORD_ORDER,
      canonical,
      format: layout.format,
      compression: layout.compression,
      records: this.stats.counts,
      merkle: {algorithm: 'RFC 6962 SHA-256', root: this.stats.root, leaves},
      files: records,
    }
  }

  async abandon(): Promise<void> {
    await this.leaves.abandon()
  }

  async #writeSchema(schema: JsonSchemaDocument): Promise<ExportFacts['schema']> {
    const file = await this.files.writeNew(
      join(this.folder, companionNames(this.request.stem).schema),
      renderSchema(schema),
    )
    const id = typeof schema['$id'] === 'string' ? schema['$id'] : null
    return {...file, id, canonical_sha256: this.files.hashing.sha256(canonicalJson(schema))}
  }
}

function onlyFacts(file: RecordFile | undefined): FileFacts {
  if (!file) throw new Error('an export without records has no manifest')
  const {name, bytes, sha256} = file
  return {name, bytes, sha256}
}
