import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {parseColumns, readLabels} from '#src/adapters/read-labels.js'

const read = (path: string, columns?: string, sources?: string) =>
  readLabels({path, columns: parseColumns(columns), sources})
const problemOf = (labels: Promise<unknown>) =>
  labels.then(
    () => 'none',
    (error: Error) => error.message,
  )

describe('reading labels', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  it('takes JSON Lines, gzipped as well, and breaks lines at the line feed alone', async () => {
    const line = JSON.stringify({source: 'а\u2028б', summary: 'в', human_score: 4})
    const {rows} = await read(file('labels.jsonl.gz', gzipSync(`${line}\n`)))
    expect(rows).to.have.length(1)
    expect(rows[0]).to.include({source: 'а\u2028б', summary: 'в', human_score: 4})
  })

  for (const separator of [',', ';', '\t'])
    it(`takes CSV with ${JSON.stringify(separator)}, quotes, line breaks in them and a byte order mark`, async () => {
      const quoted = '"он сказал ""да"",\nушёл"'
      const table = [
        ['source', 'summary', 'human_score'],
        [quoted, 'итог', '5'],
        ['второй', 'иное', '"1"'],
      ]
      const text = table.map(row => `${row.join(separator)}\r\n`).join('')
      const {rows} = await read(file('labels.csv', `\uFEFF${text}`))
      expect(rows.map(({source, summary, human_score}) => [source, summary, human_score])).to.deep.equal([
        ['он сказал "да",\nушёл', 'итог', 5],
        ['второй', 'иное', 1],
      ])
    })

  it('joins labels with sources by a key, which then is the group', async () => {
    const labels = file('labels.jsonl', '{"id":7,"text":"итог","human_score":"3,5"}\n')
    const sources = file('sources.jsonl', '{"id":"7","body":"глава"}\n')
    const {rows} = await read(labels, 'key=id,summary=text,source=body', sources)
    expect(rows).to.deep.equal([{source: 'глава', summary: 'итог', human_score: 3.5, group: '7'}])
  })

  it('names file, row and column of what is wrong, and the columns there are', async () => {
    const path = file('labels.jsonl', '{"source":"a","summary":"b","human_score":1}\n{"source":"a","summary":"b"}\n')
    expect(await problemOf(read(path))).to.include('labels.jsonl, row 2: human_score is missing')
    expect(await problemOf(read(file('bad.csv', 'source,summary,human_score\na,b\n')))).to.include('row 2 has 2 fields')
    expect(await problemOf(read(file('word.csv', 'source,summary,human_score\na,b,good\n')))).to.include(
      '"good", not a number',
    )
    expect(await problemOf(read(file('open.csv', 'source,summary,human_score\n"a,b,1\n')))).to.include(
      'inside a quoted field',
    )
    expect(await problemOf(read(join(folder, 'none.jsonl')))).to.include('does not exist')
    expect(await problemOf(read(file('cut.jsonl', '{"source":')))).to.include('cut.jsonl, line 1 is not JSON')
    expect(await problemOf(read(file('latin.jsonl', Buffer.from([0x22, 0xff, 0x22]))))).to.include('not UTF-8')
  })

  it('refuses columns that do not exist', () => {
    expect(() => parseColumns('score=x')).to.throw('"score=x" is no column')
  })
})
