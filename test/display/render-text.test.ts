import {renderText} from '#src/display/render-text.js'
import type {Table} from '@ep23/sdk'
import {expect} from 'chai'
import stringWidth from 'string-width'

const TABLE: Table = {
  columns: [
    {title: 'verdict', kind: 'name'},
    {title: 'метрика', kind: 'name'},
    {title: 'value', kind: 'number'},
    {title: 'why'},
  ],
  rows: [
    [{text: 'WORSE', tone: 'bad'}, 'полнота', '−0.123', 'стало хуже на три канала из пяти, и это не случайность'],
    [{text: 'PASS', tone: 'good'}, '👩‍👩‍👧 emoji', '+12.5', '漢字 take two columns each, é takes one'],
  ],
}

const terminal = (columns: number, depth = 1) => ({isTTY: true, columns, getColorDepth: () => depth})
const ESCAPE = '\u001B'

describe('a table for people', () => {
  it('is as wide as its words in a pipe, one line a row, without colour', async () => {
    const lines = await renderText([TABLE], {getColorDepth: () => 24})
    expect(lines).to.deep.equal([
      'verdict  метрика    value  why',
      'WORSE    полнота   −0.123  стало хуже на три канала из пяти, и это не случайность',
      'PASS     👩‍👩‍👧 emoji   +12.5  漢字 take two columns each, e\u0301 takes one',
    ])
  })

  for (const columns of [200, 80, 60, 40, 30, 12])
    it(`fits ${columns} columns by what a terminal shows, and cuts no number`, async () => {
      const lines = await renderText([TABLE], terminal(columns))
      for (const line of lines) expect(stringWidth(line), line).to.be.at.most(Math.max(columns, 16))
      expect(lines.join('\n')).to.include('−0.123').and.include('+12.5')
    })

  it('keeps texts under their title where they are broken', async () => {
    const lines = await renderText([TABLE], terminal(50))
    expect(lines.slice(0, 3)).to.deep.equal([
      'verdict  метрика    value  why',
      'WORSE    полнота   −0.123  стало хуже на три',
      '                           канала из пяти, и это',
    ])
  })

  it('becomes a paragraph a row where the columns would be too narrow', async () => {
    const lines = await renderText([TABLE], terminal(30))
    expect(lines.slice(0, 2)).to.deep.equal(['WORSE  полнота', '  value −0.123'])
  })

  it('shortens a text that is only there to recognise it', async () => {
    const queries: Table = {
      columns: [
        {title: 'query', kind: 'name'},
        {title: 'text', kind: 'clip'},
      ],
      rows: [['q1', 'где открыли станцию метро']],
    }
    expect(await renderText([queries], terminal(20))).to.deep.equal(['query  text', 'q1     где открыли…'])
  })

  it('is coloured by meaning where the terminal has colours, and nowhere else', async () => {
    const [, bad = '', good = ''] = await renderText([TABLE], terminal(200, 4))
    expect(bad.startsWith(`${ESCAPE}[31mWORSE  `)).to.equal(true)
    expect(good.startsWith(`${ESCAPE}[32mPASS  `)).to.equal(true)
    const dim = await renderText([{text: 'UNDECIDED', tone: 'quiet'}], terminal(80, 8))
    expect(dim).to.deep.equal([`${ESCAPE}[2mUNDECIDED${ESCAPE}[22m`])
    expect((await renderText([TABLE], terminal(200, 1))).join('')).to.not.include(ESCAPE)
  })

  it('lets no control character of the data through', async () => {
    const evil: Table = {columns: [{title: '', kind: 'name'}, {title: ''}], rows: [['a\u001B[2J', 'b\nc']]}
    expect(await renderText([evil, {text: 'd\u001B]0;x'}, 'e\u0007'], {})).to.deep.equal(['a·[2J  b c', 'd·]0;x', 'e·'])
  })

  it('breaks sentences between words, and leaves lines as they are', async () => {
    const lines = await renderText([{text: '  one two three four'}, 'ep23 dataset:seed --from x'], terminal(14))
    expect(lines).to.deep.equal(['  one two', '    three four', 'ep23 dataset:seed --from x'])
  })
})
