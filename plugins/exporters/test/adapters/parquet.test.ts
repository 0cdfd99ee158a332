import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {parquetMetadata, parquetReadObjects} from 'hyparquet'
import {expect} from 'chai'

import {parquetLines, ParquetSink} from '#src/adapters/parquet.js'
import {canonicalLine} from '#src/domain/canonical-json.js'
import {toDigestRecord} from '#src/domain/to-record.js'
import {recordSchemas} from '#src/usecases/record-schemas.js'
import {changed, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

const NAUGHTY = join(import.meta.dirname, '../../../../../shared/data/bad-input/naughty-strings/blns.json')

describe('a Parquet export', () => {
  const folder = temporaryFolder()
  const schema = recordSchemas().digests
  const records = (JSON.parse(readFileSync(NAUGHTY, 'utf8')) as string[]).map((text, n) => {
    const [digest] = sampleDigests({days: 1})
    if (!digest) throw new Error('there is one digest')
    const changes = {sample_id: String(n), source_text: text, ...(n % 2 && {latency_seconds: n / 7})}
    return Object.assign(toDigestRecord(digest), changes)
  })

  const [first = expect.fail('there are naughty strings')] = records

  async function write(compression: 'none' | 'gzip' | 'zstd', many: readonly object[] = records) {
    const sink = new ParquetSink({folder: folder.path, stem: compression, compression, schema})
    for (const record of many)
      await sink.write(record as (typeof records)[0], Buffer.from(`${canonicalLine(record)}\n`))
    const [file] = await sink.close()
    if (!file) throw new Error('there is one file')
    return {file, path: join(folder.path, file.name)}
  }

  for (const compression of ['none', 'gzip', 'zstd'] as const)
    it(`gives every naughty string back as its canonical line (${compression})`, async () => {
      const {file, path} = await write(compression)
      const lines = (await Array.fromAsync(parquetLines(path))).flat().map(String)
      expect(lines).to.deep.equal(records.map(canonicalLine))
      expect(file.records).to.equal(records.length)
    })

  it('says of its content what the same records as JSON lines are', async () => {
    const {file} = await write('zstd')
    const text = records.map(record => `${canonicalLine(record)}\n`).join('')
    expect(file.content_bytes).to.equal(Buffer.byteLength(text))
  })

  it('is written in row groups, so that memory stays flat', async () => {
    const many = Array.from({length: 2500}, (_, n) => changed(first, {sample_id: String(n)}))
    const {path} = await write('none', many)
    const {buffer} = Uint8Array.from(readFileSync(path))
    expect(parquetMetadata(buffer).row_groups.map(({num_rows}) => Number(num_rows))).to.deep.equal([1000, 1000, 500])
    expect(await parquetReadObjects({file: buffer, rowStart: 2499})).to.have.lengthOf(1)
  })

  it('refuses a field that has no column, instead of dropping it', async () => {
    const error = await failure(write('none', [changed(first, {extra: 1})]))
    expect(error).to.include({code: 'EXPORT_NO_COLUMN', exit: 65})
    expect(error.message).to.include('extra')
  })
})
