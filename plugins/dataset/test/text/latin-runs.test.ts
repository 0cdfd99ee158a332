import {expect} from 'chai'

import {latinRuns} from '#src/text/language.js'

const runs = (text: string, minWords?: number) => latinRuns(text, minWords).map(run => run.text)

describe('latinRuns', () => {
  it('finds text that was left untranslated', () => {
    const text = 'Итог: «The quick brown fox jumps» — и всё.'
    const start = text.indexOf('The')
    expect(latinRuns(text)).to.deep.equal([{text: 'The quick brown fox jumps', start, end: start + 25}])
  })

  it('passes over names of firms and products', () => {
    expect(runs('Компания Texas Instruments выпустила iPhone 16 Pro Max и Galaxy Buds.')).to.deep.equal([])
  })

  it('counts words, not numbers, and starts and ends with a word', () => {
    expect(runs('12 one 2 two 3 three 4', 4)).to.deep.equal([])
    expect(runs('12 one 2 two 3 three 4', 3)).to.deep.equal(['one 2 two 3 three'])
  })

  it('ends at an address, a tag, a Russian word and a line break', () => {
    expect(runs('one two https://a.ru three four', 3)).to.deep.equal([])
    expect(runs('one two и three four', 3)).to.deep.equal([])
    expect(runs('one two\nthree four', 3)).to.deep.equal([])
  })

  it('does not take a word of mixed letters for Latin', () => {
    expect(runs('IT-компания one two', 3)).to.deep.equal([])
  })
})
