import {expect} from 'chai'
import * as fc from 'fast-check'

import {markdownStructure} from '#src/measures/markdown-structure.js'

describe('Markdown structure', () => {
  it('counts headings, items, links and code, and leaves hashtags alone', () => {
    const structure = markdownStructure(
      '# Дайджест\n\n- **мост** открыли [здесь](https://t.me/a_(b))\n2. второй\n#тег\n```\n# не заголовок\n```\n',
    )
    expect(structure).to.deep.equal({headings: 1, listItems: 2, links: 1, codeBlocks: 1, problems: []})
  })

  it('names each broken mark with its line', () => {
    const {problems} = markdownStructure('## \n- \n**жирный\n`код\n[](https://a.ru)\n[текст]()\n```\n**в коде')
    expect(problems).to.deep.equal([
      {kind: 'empty-heading', line: 1},
      {kind: 'empty-item', line: 2},
      {kind: 'unclosed-bold', line: 3},
      {kind: 'unclosed-code', line: 4},
      {kind: 'empty-link', line: 5},
      {kind: 'empty-link', line: 6},
      {kind: 'unclosed-code-block', line: 7},
    ])
  })

  it('takes no mark inside code for a broken one', () => {
    expect(markdownStructure('пиши `**` так').problems).to.deep.equal([])
  })

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('#', '*', '`', '[', ']', '(', ')', '-', ' ', '\n', 'а')}), text => {
        const lines = text.split('\n').length
        for (const {line} of markdownStructure(text).problems) expect(line).to.be.within(1, lines)
      }),
    )
  })
})
