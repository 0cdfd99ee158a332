import {expect} from 'chai'
import * as fc from 'fast-check'

import {linesOf} from '#src/adapters/reading/read-lines.js'

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
