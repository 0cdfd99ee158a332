import {createWriteStream, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {finished} from 'node:stream/promises'
import {createGzip, gzipSync, zstdCompressSync} from 'node:zlib'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {linesOf, readLines} from '#src/adapters/read-lines.js'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function read(text: string, size: number, keepFeeds = false): Promise<string[]> {
  const batches = await Array.fromAsync(linesOf(chunksOf(Buffer.from(text), size), keepFeeds))
  return batches.flat().map(String)
}

describe('lines of a file', () => {
  it('end at a line feed and nowhere else', async () => {
    expect(await read('{"a":"\u2028\u2029\u0085\r"}\n{"b":1}\n', 5)).to.deep.equal([
      '{"a":"\u2028\u2029\u0085\r"}',
      '{"b":1}',
    ])
  })

  it('are the same however the bytes arrive', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ж', 'a', '\n', '\r\n'), {maxLength: 30}),
        fc.integer({min: 1, max: 7}),
        async (parts, size) => {
          const text = parts.join('')
          const expected = text.split('\n')
          if (expected.at(-1) === '') expected.pop()
          expect(await read(text, size)).to.deep.equal(expected)
          expect((await read(text, size, true)).join('')).to.equal(text)
        },
      ),
    ))
})

describe('the lines of a text file', () => {
  const folder = temporaryFolder()
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder.path, name), content)
    return join(folder.path, name)
  }
  const lines = (path: string): Promise<string[]> => Array.fromAsync(readLines(path))

  it('are the same plain and packed, without a byte order mark', async () => {
    const text = '\uFEFFпервая\n\uFEFFвторая\nтретья'
    const expected = ['первая', '\uFEFFвторая', 'третья']
    expect(await lines(file('a.txt', text))).to.deep.equal(expected)
    expect(await lines(file('a.gz', gzipSync(text)))).to.deep.equal(expected)
    expect(await lines(file('a.zst', zstdCompressSync(text)))).to.deep.equal(expected)
  })

  const refused: Record<string, [() => string, number, string]> = {
    'a missing file': [() => join(folder.path, 'none'), 64, 'does not exist'],
    'a folder': [
      () => {
        mkdirSync(join(folder.path, 'd.jsonl'))
        return join(folder.path, 'd.jsonl')
      },
      64,
      'is a folder',
    ],
    'text of another encoding': [() => file('e', Buffer.from('ok\n\xcf\xf0\n', 'latin1')), 65, 'line 2'],
    'cut gzip': [() => file('c.gz', gzipSync('x'.repeat(9999)).subarray(0, 30)), 65, 'damaged'],
    'no gzip': [() => file('n.gz', 'plain'), 65, 'damaged'],
    'cut zstd': [() => file('c.zst', zstdCompressSync('x'.repeat(9999)).subarray(0, 9)), 65, 'damaged'],
    'no zstd': [() => file('n.zst', 'plain, and long enough'), 65, 'damaged'],
  }
  for (const [what, [make, exit, text]] of Object.entries(refused))
    it(`are refused with ${exit} for ${what}`, async () => {
      const path = make()
      const error = await failure(lines(path))
      expect(error).to.include({exit})
      expect(error.message).to.include(path).and.include(text)
    })

  it('are refused at the limit of a line, in a time that grows with its bytes and no faster', async function () {
    this.timeout(60_000)
    const path = join(folder.path, 'long.gz')
    const zip = createGzip({level: 1})
    const written = finished(zip.pipe(createWriteStream(path)))
    zip.write('{}\n')
    for (let megabyte = 0; megabyte < 300; megabyte += 1) zip.write(Buffer.alloc(1 << 20, 0x61))
    zip.end()
    await written
    const from = process.cpuUsage()
    const error = await failure(lines(path))
    expect(error).to.include({exit: 65, code: 'FILE_LINE_TOO_LONG'})
    expect(error.message).to.include('line 2')
    // 128 MiB; the quadratic reader took minutes.
    expect(process.cpuUsage(from).user / 1e6).to.be.below(20)
  })
})
