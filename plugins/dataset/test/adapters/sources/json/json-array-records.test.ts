import {expect} from 'chai'
import * as fc from 'fast-check'

import {cut, readPieces, readText} from '../reading.ts'

const post = (id: number, text = 'текст'): string =>
  `{"message_id": ${id}, "date": "2024-12-04T09:00:28Z", "text": "${text}"}`
const ids = (posts: Array<{post_id: string}>): string[] => posts.map(({post_id}) => post_id)

describe('a JSON array of posts', () => {
  it('may be empty, and may have a byte order mark before it', async () => {
    for (const text of ['[]', ' [ \n] ', '\uFEFF[]'])
      expect(await readText('telethon', text))
        .to.deep.include({posts: [], invalid: []})
        .and.not.have.property('problem')
  })

  it('tells byte, line and record of a syntax error, and keeps what came before', async () => {
    const text = `[\n${post(1)},\n${post(2)},\n{"message_id": 3 "date": 5},\n${post(4)}]`
    const {posts, problem} = await readText('telethon', text)
    const byte = Buffer.byteLength(text.slice(0, text.indexOf('"date": 5')))
    expect(ids(posts)).to.deep.equal(['1', '2'])
    expect(problem?.reason).to.equal(`invalid JSON at byte ${byte}: Expected ',' or '}' after property value`)
    expect(problem?.place).to.deep.equal({record: 3, line: 4, raw: '{"message_id": 3 "date": 5}'})
  })

  it('counts the byte in bytes, not in characters, and the line within the record', async () => {
    const {problem} = await readText('telethon', '[{"text": "привет",\n\n"x" 1}]')
    expect(problem?.reason).to.match(/^invalid JSON at byte 31: Expected ':'/u)
    expect(problem?.place.line).to.equal(3)
  })

  for (const [what, text, kept] of [
    ['a comma too many at the end', `[${post(1)},]`, ['1']],
    ['a comma too many within', `[${post(1)},,${post(2)}]`, ['1']],
    ['a comma too many at the beginning', `[,${post(1)}]`, []],
    ['a missing comma', `[${post(1)} ${post(2)}]`, []],
    ['the wrong bracket at the end', `[${post(1)}}`, ['1']],
    ['a bracket too few', `[[${post(1)}]`, []],
    ['a raw line end in a string', `[${post(1)},${post(2, 'a\nb')}]`, ['1']],
    ['a raw NUL in a string', `[${post(1)},${post(2, 'a\0b')}]`, ['1']],
    ['a NUL between records', `[${post(1)},\0${post(2)}]`, ['1']],
    ['a byte order mark within', `[${post(1)},\uFEFF${post(2)}]`, ['1']],
    ['a second document', `[${post(1)}] [${post(2)}]`, ['1']],
    ['garbage after the end', `[${post(1)}]x`, ['1']],
    ['two byte order marks', `\uFEFF\uFEFF[${post(1)}]`, []],
    ['nothing', '', []],
    ['one string', '"x"', []],
  ] as Array<[string, string, string[]]>)
    it(`ends at ${what}`, async () => {
      const whole = await readText('telethon', text)
      expect(whole.problem?.reason).to.match(/byte \d+/u)
      expect(ids(whole.posts)).to.deep.equal(kept)
      const bytes = [...Buffer.from(text)].map(byte => Uint8Array.of(byte))
      expect(ids((await readPieces('telethon', bytes)).posts)).to.deep.equal(kept)
    })

  it('ends where the file does: within a record, a string, an escape', async () => {
    const text = `[${post(1)}, ${post(2, '\\u0041')}]`
    for (const length of [1, 3, 5, text.length - text.indexOf('\\u') - 1, text.length - text.indexOf('\\u') - 4]) {
      const {posts, problem} = await readText('telethon', text.slice(0, -length))
      expect(ids(posts)).to.deep.equal(['1'])
      expect(problem?.reason).to.match(
        /^the file is cut short: it ends inside the value that begins here \(byte \d+\)$/u,
      )
    }
  })

  it('goes on after a record that is JSON but no post, or not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`[${post(1)}, 5, null, {"message_id": 0}, ${post(2, 'x')}`),
      Buffer.from(`, {"text": "\xFF"}, `, 'latin1'),
      Buffer.from(`${post(3)}]`),
    ])
    const {posts, invalid, problem} = await readText('telethon', bytes)
    expect(problem).to.equal(undefined)
    expect(ids(posts)).to.deep.equal(['1', '2', '3'])
    expect(invalid.map(({record, reason}) => [record, reason])).to.deep.equal([
      [2, 'the record is a number, not an object'],
      [3, 'the record is null, not an object'],
      [4, '"message_id" is 0, not a whole number from 1 to 9007199254740991'],
      [6, 'not valid UTF-8'],
    ])
    expect(invalid[2]).to.deep.include({file: 'file', line: 1, raw: '{"message_id": 0}'})
  })

  it('ends at bytes that are not UTF-8 outside of strings', async () => {
    const {posts, problem} = await readText('telethon', Buffer.from(`[${post(1)}, \xFF]`, 'latin1'))
    expect(ids(posts)).to.deep.equal(['1'])
    expect(problem?.reason).to.match(/^invalid JSON at byte/u)
  })

  it('ends nowhere when JSON.parse takes it, and somewhere when JSON.parse does not', async () => {
    const character = fc.constantFrom(...'"\\[]{},:01eE+-.tn \n\0я'.split(''))
    const damage = fc.array(fc.tuple(fc.nat(), character), {maxLength: 3})
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({maxDepth: 3}), {maxLength: 4}), damage, async (values, damage) => {
        const characters = JSON.stringify(values, undefined, 1).split('')
        for (const [at, character] of damage) characters[at % characters.length] = character
        const text = characters.join('').toWellFormed()
        const {problem, invalid} = await readPieces(
          'telethon',
          cut(
            Buffer.from(text),
            damage.map(([at]) => at),
          ),
        )
        const parsed = parsedArray(text)
        expect(problem === undefined).to.equal(parsed !== undefined)
        if (parsed) expect(invalid).to.have.lengthOf(parsed.length)
      }),
      {numRuns: 500},
    )
  })

  it('is refused when it nests 100,000 deep, wherever', async () => {
    const deep = '['.repeat(100_000)
    for (const text of [deep, `[${post(1)}, ${deep}`, `[{"x": ${deep}`, `[${deep}${']'.repeat(100_000)}]`]) {
      const {problem} = await readText('telethon', text)
      expect(problem?.reason).to.match(/^nested deeper than 512 levels \(byte \d+\)$/u)
    }
  })

  it('is refused when a record is longer than 16 MiB', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const {problem} = await readPieces('telethon', [
      Buffer.from('[{"text": "'),
      ...Array.from({length: 17}, () => piece),
    ])
    expect(problem?.reason).to.equal('a value is longer than 16777216 bytes (byte 1)')
  })

  it('tells the place of each of many bad records of one piece in reasonable time', async () => {
    const {invalid} = await readText('telethon', `[${Array.from({length: 30_000}, (_, index) => index).join(',\n')}]`)
    expect(invalid).to.have.lengthOf(30_000)
    expect(invalid.at(-1)).to.deep.equal({
      file: 'file',
      record: 30_000,
      line: 30_000,
      raw: '29999',
      reason: 'the record is a number, not an object',
    })
  })

  it('shows no more than 2,000 characters of a bad record, none of them halved', async () => {
    const {invalid} = await readText('telethon', `[["x${'😀'.repeat(3000)}"]]`)
    expect(invalid[0]?.raw).to.have.lengthOf(2000)
    expect(invalid[0]?.raw.isWellFormed()).to.equal(true)
  })
})

function parsedArray(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
