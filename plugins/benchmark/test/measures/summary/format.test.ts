import {expect} from 'chai'
import * as fc from 'fast-check'

import {cyrillicShare} from '#src/measures/summary/cyrillic-share.js'
import {markdownStructure} from '#src/measures/summary/markdown-structure.js'
import {fleschRussian} from '#src/measures/summary/readability.js'
import {textLength} from '#src/measures/summary/text-length.js'

import {expectClose, words} from '../reference.ts'

describe('Cyrillic share', () => {
  it('counts letters only', () => {
    expect(cyrillicShare('GPT выпустили, 2024!')).to.equal(9 / 12)
    expect(cyrillicShare('Ёлка і ўсё')).to.equal(1)
  })

  it('is unmeasured without letters', () => {
    expect(cyrillicShare('2024 — 😀')).to.equal(undefined)
  })
})

describe('Flesch reading ease for Russian', () => {
  it('follows Oborneva on a sentence counted by hand', () => {
    // 3 words, 1 sentence, 2 + 3 + 2 vowels.
    expectClose(fleschRussian([words('мама красила раму')]), 206.835 - 1.3 * 3 - (60.1 * 7) / 3)
  })

  it('is unmeasured without Russian words', () => {
    expect(fleschRussian([words('hello 2024')])).to.equal(undefined)
    expect(fleschRussian([])).to.equal(undefined)
  })
})

describe('text length', () => {
  it('counts code points, words and sentences', () => {
    const length = textLength('Да 😀. Нет.', [['да'], ['нет', 'нет']])
    expect(length).to.deep.equal({characters: 10, words: 3, sentences: 2, wordsPerSentence: 1.5})
  })

  it('has no mean sentence without sentences', () => {
    expect(textLength('', []).wordsPerSentence).to.equal(undefined)
  })
})

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
