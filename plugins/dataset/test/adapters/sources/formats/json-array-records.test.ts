import {expect} from 'chai'
import * as fc from 'fast-check'

import {cut, readPieces, readText} from '../reading.ts'

const post = (id: number, text = 'текст'): string =>
  `{"message_id": ${id}, "date": "2024-12-04T09:00:28Z", "text": "${text}"}`
const ids = (posts: Array<{post_id: string}>): string[] => posts.map(({post_id}) => post_id)

describe('a JSON array of posts', () => {
  it('may be empty, and may have a byte order mark before it', async () => {
    for (const text of ['[]', ' [ \n] ', '\uFEFF[]'])
      expect(await readText('json', text))
        .to.deep.include({posts: [], invalid: []})
        .and.not.have.property('problem')
  })

  it('tells byte, line and record of a syntax error, and goes on with the next record', async () => {
    const text = `[\n${post(1)},\n${post(2)},\n{"message_id": 3 "date": 5},\n${post(4)}]`
    const {posts, invalid, problem} = await readText('json', text)
    const byte = Buffer.byteLength(text.slice(0, text.indexOf('"date": 5')))
    expect(problem).to.equal(undefined)
    expect(ids(posts)).to.deep.equal(['1', '2', '4'])
    expect(invalid).to.deep.equal([
      {
        file: 'file',
        ...{record: 3, line: 4, raw: '{"message_id": 3 "date": 5}'},
        reason: `invalid JSON at byte ${byte}: Expected ',' or '}' after property value`,
      },
    ])
  })

  it('counts the byte in bytes, not in characters, and the line within the record', async () => {
    const {invalid} = await readText('json', '[{"text": "привет",\n\n"x" 1}]')
    expect(invalid[0]?.reason).to.match(/^invalid JSON at byte 31: Expected ':'/u)
    expect(invalid[0]?.line).to.equal(3)
  })

  for (const [what, text, kept] of [
    ['a comma too many at the end', `[${post(1)},]`, ['1']],
    ['a comma too many within', `[${post(1)},,${post(2)}]`, ['1', '2']],
    ['a comma too many at the beginning', `[,${post(1)}]`, ['1']],
    ['a brace too many', `[${post(1)}},${post(2)}]`, ['1', '2']],
    ['a brace too few', `[${post(1)},${post(2).slice(0, -1)},${post(3)},${post(4)}]`, ['1', '3', '4']],
    ['a quote too few', `[${post(1)},${post(2).replace('"текст', 'текст')},${post(3)},${post(4)}]`, ['1', '3', '4']],
    ['a quote too many', `[${post(1)},${post(2, 'a"b')},${post(3)},${post(4)}]`, ['1', '3', '4']],
    ['two quotes too many', `[${post(1, 'a"b')},${post(2)},${post(3, 'a"b')},${post(4)}]`, ['2', '4']],
    ['a bare word for a value', `[${post(1)},{"message_id": 2, "x": a b (2).webm},${post(3)}]`, ['1', '3']],
    ['the wrong bracket at the end', `[${post(1)}}`, ['1']],
    ['a bracket too few', `[[${post(1)}]`, []],
    ['a raw line end in a string', `[${post(1)},${post(2, 'a\nb')},${post(3)}]`, ['1', '3']],
    ['a raw NUL in a string', `[${post(1)},${post(2, 'a\0b')},${post(3)}]`, ['1', '3']],
    ['a NUL between records', `[${post(1)},\0${post(2)},${post(3)}]`, ['1', '2', '3']],
    ['a byte order mark within', `[${post(1)},\uFEFF${post(2)},${post(3)}]`, ['1', '2', '3']],
    ['a record cut off before the next', `[${post(1)},{"message_id": 2, "date": "2024-1,${post(3)}]`, ['1', '3']],
    ['a second document', `[${post(1)}] [${post(2)}]`, ['1']],
    ['garbage after the end', `[${post(1)}]x`, ['1']],
    ['two byte order marks', `\uFEFF\uFEFF[${post(1)}]`, []],
    ['one string', '"x"', []],
  ] as Array<[string, string, string[]]>)
    it(`loses no record but the damaged one to ${what}`, async () => {
      const whole = await readText('json', text)
      const reasons = [...whole.invalid, ...(whole.problem ? [whole.problem] : [])]
      expect(reasons, JSON.stringify(reasons)).to.have.lengthOf.within(1, 2)
      expect(ids(whole.posts)).to.deep.equal(kept)
      const bytes = [...Buffer.from(text)].map(byte => Uint8Array.of(byte))
      expect(ids((await readPieces('json', bytes)).posts)).to.deep.equal(kept)
    })

  it('reads two records without a comma between them', async () => {
    const {posts, invalid} = await readText('json', `[${post(1)} ${post(2)}\n${post(3)}]`)
    expect([ids(posts), invalid]).to.deep.equal([['1', '2', '3'], []])
  })

  it('takes NaN and Infinity, which Python writes, for no value', async () => {
    const {posts, invalid} = await readText('json', `[{"views": NaN, "x": -Infinity, ${post(1, 'NaN').slice(1)}]`)
    expect([posts.map(({text}) => text), invalid]).to.deep.equal([['NaN'], []])
  })

  it('finds the next of 5,000 records after each of many damaged ones in reasonable time', async () => {
    const damaged = (id: number): string => post(id).replace('"текст', 'текст')
    const records = Array.from({length: 5000}, (_, index) => (index % 10 === 3 ? damaged(index + 1) : post(index + 1)))
    const {posts, invalid} = await readText('json', `[${records.join(',\n')}]`)
    expect(posts).to.have.lengthOf(4500)
    expect(invalid).to.have.lengthOf(500)
    expect(invalid[1]).to.include({record: 14, line: 14})
  })

  it('ends where the file does: within a record, a string, an escape', async () => {
    const text = `[${post(1)}, ${post(2, '\\u0041')}]`
    for (const length of [1, 3, 5, text.length - text.indexOf('\\u') - 1, text.length - text.indexOf('\\u') - 4]) {
      const {posts, problem} = await readText('json', text.slice(0, -length))
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
    const {posts, invalid, problem} = await readText('json', bytes)
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

  it('rejects bytes that are not UTF-8 outside of strings', async () => {
    const {posts, invalid} = await readText('json', Buffer.from(`[${post(1)}, \xFF, ${post(2)}]`, 'latin1'))
    expect(ids(posts)).to.deep.equal(['1', '2'])
    expect(invalid[0]?.reason).to.match(/^invalid JSON at byte/u)
  })

  it('finds nothing wrong when JSON.parse takes it, and something when JSON.parse does not', async () => {
    const character = fc.constantFrom(...'"\\[]{},:01eE+-.tn \n\0я'.split(''))
    const damage = fc.array(fc.tuple(fc.nat(), character), {maxLength: 3})
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({maxDepth: 3}), {maxLength: 4}), damage, async (values, damage) => {
        const characters = JSON.stringify(values, undefined, 1).split('')
        for (const [at, character] of damage) characters[at % characters.length] = character
        const text = characters.join('').toWellFormed()
        const {problem, invalid} = await readPieces(
          'json',
          cut(
            Buffer.from(text),
            damage.map(([at]) => at),
          ),
        )
        const parsed = parsedArray(text)
        if (parsed) expect([problem, invalid.length]).to.deep.equal([undefined, parsed.length])
        else if (text.trim() !== '') expect(problem !== undefined || invalid.length > 0).to.equal(true)
      }),
      {numRuns: 500},
    )
  })

  it('is refused when it nests 100,000 deep, wherever', async () => {
    const deep = '['.repeat(100_000)
    for (const text of [deep, `[${post(1)}, ${deep}`, `[{"x": ${deep}`, `[${deep}${']'.repeat(100_000)}]`]) {
      const {problem} = await readText('json', text)
      expect(problem?.reason).to.match(/^nested deeper than 512 levels \(byte \d+\)$/u)
    }
  })

  it('is refused when a record is longer than 16 MiB', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const {problem} = await readPieces('json', [Buffer.from('[{"text": "'), ...Array.from({length: 17}, () => piece)])
    expect(problem?.reason).to.equal('a value is longer than 16777216 bytes (byte 1)')
  })

  it('tells the place of each of many bad records of one piece in reasonable time', async () => {
    const {invalid} = await readText('json', `[${Array.from({length: 30_000}, (_, index) => index).join(',\n')}]`)
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
    const {invalid} = await readText('json', `[["x${'😀'.repeat(3000)}"]]`)
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
