import {expect} from 'chai'

import {readText} from '../reading.ts'
import {inEnglish} from '@ep23/sdk/testing'

const DATE = '2024-12-04T09:00:28Z'
const places = (invalid: Array<{line?: number; record?: number; reason: string}>) =>
  invalid.map(({line, record, reason}) => [line, record, reason])

describe('a CSV file of posts', () => {
  for (const [name, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const)
    it(`may have ${name}, names in any case, columns in any order and columns of its own`, async () => {
      const rows = [
        ['Text', 'Own Column', 'POST_ID', 'Published At', 'url', 'Channel'],
        ['"Привет, ""мир"";\n\tвторая строка"', 'x', '7', DATE, '', '@habr'],
      ]
      const {posts, invalid} = await readText('csv', rows.map(row => row.join(delimiter)).join('\r\n'))
      expect(invalid).to.deep.equal([])
      expect(posts).to.deep.equal([
        {
          channel: {username: 'habr'},
          post_id: '7',
          published_at: new Date(DATE),
          text: 'Привет, "мир";\n\tвторая строка',
          url: 'https://t.me/habr/7',
        },
      ])
    })

  it('may begin with a byte order mark and a quoted header, and end without a line end', async () => {
    const {posts} = await readText('csv', `\uFEFF"id","date","text"\n"1","${DATE}","x"`)
    expect(posts).to.have.lengthOf(1)
  })

  for (const header of ['id,date', 'a,b,c', '', '{"id":1}', '"id,date,text', 'id#date#text'])
    it(`is refused when its first line is ${JSON.stringify(header)}`, async () => {
      const {problem} = await readText('csv', `${header}\n1,${DATE},x`)
      expect(problem).to.deep.include({
        message: 'the first line names no columns for date and text',
        place: {line: 1, raw: header},
      })
    })

  it('is read on after a bad row, whose line and number are told', async () => {
    const text = `id,date,text\r\n1,${DATE},"две\r\nстроки"\r\n2,${DATE}\r\n\r\n3,${DATE},x,y\r\n4,never,x\r\n5,${DATE},\r\n6,${DATE},z\r\n`
    const {posts, invalid, tally} = await readText('csv', text)
    expect(posts.map(post => post.post_id)).to.deep.equal(['1', '6'])
    expect(tally.withoutText).to.equal(1)
    expect(places(inEnglish(invalid))).to.deep.equal([
      [4, 2, 'the row has 2 fields, the header 3'],
      [6, 3, 'the row has 4 fields, the header 3'],
      [7, 4, '"date" is "never", not a date'],
    ])
    expect(invalid[1]?.raw).to.equal(`3,${DATE},x,y`)
  })

  it('is refused where wrong quotes have no end, before each of them copies the field', async function () {
    this.timeout(10_000)
    const {problem} = await readText('csv', `id,date,text\n1,${DATE},${'x"'.repeat(200_000)}`)
    expect(problem?.reason).to.include('too often to read on')
  })

  it('may hold a row that is not UTF-8, or has a NUL', async () => {
    const bytes = Buffer.from(`id,date,text\n1,${DATE},\xFF\n2,${DATE},a\0b\n3,${DATE},x\n`, 'latin1')
    const {posts, invalid} = await readText('csv', bytes)
    expect(posts.map(post => post.post_id)).to.deep.equal(['3'])
    expect(places(inEnglish(invalid))).to.deep.equal([
      [2, 1, '"text" is not valid UTF-8'],
      [3, 2, '"text" holds a NUL character (U+0000)'],
    ])
  })

  for (const [what, rows, ids, place] of [
    [
      'a quote that is not closed',
      ['2,DATE,"x', '3,DATE,y'],
      ['1'],
      [3, 'a quote is not closed: lines 3 to 4 are left out'],
    ],
    [
      'a quote that closes in a later row',
      ['2,DATE,"x', '3,DATE,"y"', '4,DATE,"z', '"', '5,DATE,z'],
      ['1', '4', '5'],
      [3, 'something stands between a closing quote and the end of its field: lines 3 to 4 are left out'],
    ],
    [
      'text behind a closing quote',
      ['2,DATE,"x"y', '3,DATE,z', '4,DATE,"a"', '5,DATE,b'],
      ['1', '5'],
      [3, 'something stands between a closing quote and the end of its field: lines 3 to 5 are left out'],
    ],
    [
      'a quote within a bare field',
      ['2,DATE,x"y"', '3,DATE,z'],
      ['1', '3'],
      [3, 'a quote stands in a field that does not begin with one'],
    ],
  ] as const)
    for (const lineEnd of ['\n', '\r\n'])
      it(`goes on behind ${what}, and names the lines that are lost (${JSON.stringify(lineEnd)})`, async () => {
        const text = ['id,date,text', '1,DATE,a', ...rows, 'x,y', ''].join(lineEnd).replaceAll('DATE', DATE)
        const {posts, invalid} = await readText('csv', text)
        const [line, reason] = place
        expect(posts.map(post => post.post_id)).to.deep.equal(ids)
        const isOpen = what === 'a quote that is not closed'
        expect(invalid.map(each => [each.line, each.reason])).to.deep.equal([
          [line, `invalid CSV: ${isOpen ? reason.replace('4', '5') : reason}`],
          ...(isOpen ? [] : [[3 + rows.length, 'the row has 2 fields, the header 3']]),
        ])
      })

  it('ends at a row longer than 16 MiB, with the rows before it', async () => {
    const long = `2,${DATE},${'x'.repeat(17 * 1024 * 1024)}\n3,${DATE},z\n`
    const {posts, problem} = await readText('csv', `id,date,text\n1,${DATE},a\n${long}`)
    expect(posts.map(post => post.post_id)).to.deep.equal(['1'])
    expect(problem?.reason).to.equal('invalid CSV: a row is longer than 16777216 bytes')
    expect(problem?.place.line).to.equal(3)
  })
})
