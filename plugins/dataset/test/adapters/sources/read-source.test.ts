import {readdirSync, readlinkSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {readSource} from '#src/adapters/sources/read-source.js'
import type {InvalidRecord} from '#src/domain/file-record.js'
import {all, rejection, TemporaryFolder} from './reading.ts'

const post = (id: number, text = 'текст'): object => ({message_id: id, date: '2024-12-04T09:00:28Z', text})
const posts = (from: number, count: number): object[] => Array.from({length: count}, (_, index) => post(from + index))

describe('readSource', () => {
  let folder: TemporaryFolder

  before(() => (folder = new TemporaryFolder()))
  after(() => folder.remove())

  it('unpacks gzip whatever the name, also of several members', async () => {
    const [head, tail] = [Buffer.from('['), Buffer.from(`${JSON.stringify(post(1))}]`)]
    const path = folder.write('packed.txt', Buffer.concat([gzipSync(head), gzipSync(tail)]))
    expect(await all(readSource(path))).to.have.lengthOf(1)
  })

  it('takes a name for nothing: JSON in a .csv and CSV in a .json', async () => {
    const csv = folder.write('a.json', 'id,date,text\n1,2024-12-04T09:00:28Z,x\n')
    const json = folder.write('b.csv', JSON.stringify(posts(1, 3)))
    expect(await all(readSource(csv))).to.have.lengthOf(1)
    expect(await all(readSource(json))).to.have.lengthOf(3)
  })

  it('reads the recognised files of a folder by name, not what else is there', async () => {
    folder.write('export/b.json', JSON.stringify([post(2)]))
    folder.write('export/a.jsonl', JSON.stringify(post(1)))
    folder.write('export/photo.jpg', Buffer.from([0xff, 0xd8, 0xff]))
    folder.write('export/.hidden.json', JSON.stringify([post(9)]))
    folder.write('export/photos/c.json', JSON.stringify([post(8)]))
    const read = await all(readSource(join(folder.path, 'export')))
    expect(read.map(each => each.post_id)).to.deep.equal(['1', '2'])
  })

  it('ends at the first bad record with exit 65, its file, line and number, and names --skip-invalid', async () => {
    const path = folder.write('bad.json', JSON.stringify([post(1), {...post(2), text: 5}], undefined, 1))
    const error = await rejection(all(readSource(path)))
    expect(error).to.deep.include({
      code: 'SOURCE_INVALID',
      exit: 65,
      message: `${path}, line 7, record 2: "text" is a number, not a string`,
    })
    expect((error as unknown as {suggestions: string[]}).suggestions.join()).to.include('--skip-invalid')
  })

  it('goes on over bad records and bad files when they are collected', async () => {
    folder.write(
      'mixed/1.json',
      `[${JSON.stringify(post(1))}, {"message_id": 2}, ${JSON.stringify(post(3))}, {"message_id"`,
    )
    folder.write('mixed/2.json', JSON.stringify({type: 'personal_chat', messages: []}))
    folder.write('mixed/3.jsonl', JSON.stringify(post(4)))
    folder.write('mixed/4.json', gzipSync(JSON.stringify(posts(5, 50_000))).subarray(0, -2000))
    const invalid: InvalidRecord[] = []
    const reading = readSource(join(folder.path, 'mixed'), {onInvalid: each => invalid.push(each)})
    const read = await all(reading)
    expect(read.slice(0, 3).map(each => each.post_id)).to.deep.equal(['1', '3', '4'])
    expect(read.length).to.be.within(10_000, 50_002)
    expect(invalid.map(({file, reason}) => [file.slice(-6), reason.english.replace(/\(byte.*/u, '')])).to.deep.equal([
      ['1.json', '"date" is missing, not a date'],
      ['1.json', 'the file is cut short: it ends inside the value that begins here '],
      ['2.json', 'refused: this is a private chat (personal_chat), only channels are read'],
      ['4.json', 'damaged gzip data (unexpected end of file)'],
    ])
    expect(reading.tally).to.deep.include({posts: read.length, invalid: 4})
  })

  it('passes on what the collector throws', async () => {
    const path = folder.write('full.json', '[5]')
    expect((await rejection(all(readSource(path, {format: 'json', onInvalid: failing}))))?.message).to.equal(
      'disk full',
    )
  })

  it('reads dates without an offset in a zone, and refuses a zone that is none', async () => {
    const path = folder.write('naive.json', '[{"message_id": 1, "date": "2024-12-04 12:00:28", "text": "x"}]')
    const [read] = await all(readSource(path, {sourceTimeZone: 'Europe/Moscow'}))
    expect(read?.published_at).to.deep.equal(new Date('2024-12-04T09:00:28Z'))
    const error = await rejection(all(readSource(path, {calendarTimeZone: 'Europe/Moskva'})))
    expect(error).to.include({code: 'USAGE', exit: 64})
  })

  for (const [what, name, content] of [
    ['an array', 'long.json', JSON.stringify(posts(1, 20_000))],
    ['CSV', 'long.csv', `id,date,text\n${'1,2024-12-04T09:00:28Z,x\n'.repeat(20_000)}`],
    ['a packed array', 'long.json.gz', gzipSync(JSON.stringify(posts(1, 20_000)))],
  ] as Array<[string, string, string | Uint8Array]>) {
    it(`stops at an abort, with the signal's reason, and closes the file: ${what}`, async () => {
      const path = folder.write(name, content)
      const abort = new AbortController()
      const read = async (): Promise<number> => {
        let count = 0
        for await (const batch of readSource(path, {signal: abort.signal})) {
          count += batch.length
          abort.abort(new Error('Ctrl-C'))
        }
        return count
      }
      expect((await rejection(read()))?.message).to.equal('Ctrl-C')
      await expectClosed(path)
    })

    it(`closes the file when the reader is left early: ${what}`, async () => {
      const path = folder.write(name, content)
      for await (const batch of readSource(path)) if (batch.length > 0) break
      await expectClosed(path)
    })

    it(`closes the file at its end, and after a bad record: ${what}`, async () => {
      const path = folder.write(name, content)
      await all(readSource(path))
      await expectClosed(path)
      await rejection(all(readSource(path, {format: 'mtproto'})))
      await expectClosed(path)
    })
  }

  it('can be aborted before it begins', async () => {
    const path = folder.write('x.json', JSON.stringify(posts(1, 3)))
    const error = await rejection(all(readSource(path, {signal: AbortSignal.abort(new Error('too late'))})))
    expect(error?.message).to.equal('too late')
  })
})

/** Descriptors of this process that are open on the file (Linux tells; elsewhere there are none). */
function descriptorsOn(path: string): string[] {
  const folder = '/proc/self/fd'
  return namesIn(folder).filter(name => linkOf(join(folder, name)) === path)
}

async function expectClosed(path: string): Promise<void> {
  // A stream is closed on the next turns of the event loop.
  for (let turn = 0; turn < 200 && descriptorsOn(path).length > 0; turn++) await wait(5)
  expect(descriptorsOn(path)).to.deep.equal([])
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    // Closed in the meantime.
    return undefined
  }
}

function failing(): never {
  throw new Error('disk full')
}
