import {readFileSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync, zstdDecompressSync} from 'node:zlib'

import {verbatim} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {hashing} from '#src/adapters/hashing.js'
import {PartedFile} from '#src/adapters/parted-file.js'
import {partName} from '#src/domain/file-names.js'
import type {Compression, RecordFile} from '#src/domain/manifest.js'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

const UNPACK = {none: (data: Buffer) => data, gzip: gunzipSync, zstd: zstdDecompressSync}

describe('a file in parts', () => {
  const folder = temporaryFolder()
  let count = 0

  async function write(
    lines: readonly string[],
    {compression, split}: {compression: Compression; split?: number},
  ): Promise<{files: RecordFile[]; contents: string[]; at: string}> {
    const prefix = `f${(count += 1)}`
    const nameOf = (part?: number): string =>
      part === undefined ? `${prefix}.txt` : partName(`${prefix}.txt`, part, compression)
    const file = new PartedFile({folder: folder.path, nameOf, compression, split})
    const files = await fill(file, lines)
    const contents = files.map(({name}) => String(UNPACK[compression](readFileSync(join(folder.path, name)))))
    return {files, contents, at: prefix}
  }

  // As the exports do: who cannot go on gives up the open part.
  async function fill(file: PartedFile, lines: readonly string[]): Promise<RecordFile[]> {
    try {
      for (const [at, line] of lines.entries())
        await file.add(Buffer.from(`${line}\n`), () => verbatim(`line ${at + 1}`))
      return await file.close()
    } catch (error) {
      await file.abandon()
      throw error
    }
  }

  for (const compression of ['none', 'gzip', 'zstd'] as const)
    it(`keeps every ${compression} part within its size, ends it with a line and loses nothing`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({maxLength: 400}), {minLength: 1, maxLength: 60}),
          fc.integer({min: 2500, max: 6000}),
          async (texts, split) => {
            const lines = texts.map(text => text.replaceAll('\n', ' '))
            const {files, contents} = await write(lines, {compression, split})
            expect(contents.join('')).to.equal(lines.map(line => `${line}\n`).join(''))
            for (const [at, {name, bytes, sha256, records, content_bytes, content_sha256}] of files.entries()) {
              const content = contents[at] ?? ''
              expect(statSync(join(folder.path, name)).size)
                .to.equal(bytes)
                .and.be.at.most(split)
              expect(sha256).to.equal(hashing.sha256(readFileSync(join(folder.path, name))))
              expect(content.endsWith('\n')).to.equal(true)
              expect([records, content_bytes, content_sha256]).to.deep.equal([
                content.split('\n').length - 1,
                Buffer.byteLength(content),
                hashing.sha256(content),
              ])
            }
          },
        ),
        {numRuns: 25},
      )).timeout(20_000)

  it('fills compressed parts well although it cannot know beforehand how small lines become', async () => {
    const lines = Array.from({length: 20_000}, (_, n) => `{"n":${n},"text":"${hashing.sha256(String(n))}"}`)
    const {files} = await write(lines, {compression: 'gzip', split: 100_000})
    const full = files.slice(0, -1)
    expect(full.length).to.be.above(3)
    for (const {bytes} of full) expect(bytes).to.be.within(97_000, 100_000)
  })

  it('refuses a line that fits into no part, and names it', async () => {
    const random = Array.from({length: 200}, (_, n) => hashing.sha256(String(n))).join('')
    const error = await failure(write(['short', random], {compression: 'gzip', split: 3000}))
    expect(error).to.include({code: 'EXPORT_LINE_TOO_LARGE', exit: 65})
    expect(error.message).to.include('line 2')
  })

  it('puts a line that only fits compressed into a part of its own', async () => {
    const {files} = await write(['x'.repeat(50_000), 'y'.repeat(50_000)], {compression: 'gzip', split: 1000})
    expect(files.map(({records}) => records)).to.deep.equal([1, 1])
  })

  for (const compression of ['gzip', 'zstd'] as const)
    it(`writes the same ${compression} bytes for the same lines, however often`, async () => {
      const lines = Array.from({length: 5000}, (_, n) => `строка ${n}`)
      const [one, two] = [await write(lines, {compression}), await write(lines, {compression})]
      expect(one.files[0]?.sha256).to.equal(two.files[0]?.sha256)
    })

  it('writes gzip without time, name or system', async () => {
    const {at} = await write(['a'], {compression: 'gzip'})
    const header = readFileSync(join(folder.path, `${at}.txt`)).subarray(0, 10)
    expect(header.subarray(0, 8)).to.deep.equal(Buffer.from('1f8b080000000000', 'hex'))
    expect(header[9]).to.equal(255)
  })

  it('makes no file before there is a line', async () => {
    await write([], {compression: 'none'})
    expect(readdirSync(folder.path)).to.deep.equal([])
  })
})
