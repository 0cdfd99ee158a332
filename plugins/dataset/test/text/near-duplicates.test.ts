import {expect} from 'chai'
import * as fc from 'fast-check'

import {foldNearDuplicates, jaccard, shingles} from '#src/text/near-duplicates.js'

const flood = 'В Москве ночью прошёл сильный дождь, улицы в центре города затопило, сообщили в мэрии столицы'
const fire = 'На складе в Подмосковье произошёл пожар, его тушат двадцать расчётов, пострадавших нет'

/** The groups of a fold, as indexes into the texts. */
function fold(texts: string[], threshold?: number): number[][] {
  const folds = foldNearDuplicates(
    texts.map((text, index) => ({text, index})),
    threshold,
  )
  return folds.map(({kept, folded}) => [kept, ...folded].map(({index}) => index))
}

describe('shingles', () => {
  it('are the word trigrams of a text', () => {
    expect([...shingles('Дождь, дождь и снег: https://ria.ru')]).to.deep.equal(['дождь дождь и', 'дождь и снег'])
  })

  it('are the whole text when it is short or has no words', () => {
    expect([...shingles('Всё хорошо')]).to.deep.equal(['все хорошо'])
    expect([...shingles(' 🎉 ')]).to.deep.equal(['🎉'])
  })
})

describe('jaccard', () => {
  it('is the share of common shingles', () => {
    expect(jaccard(new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd']))).to.equal(0.5)
    expect(jaccard(new Set(['a']), new Set(['b']))).to.equal(0)
    expect(jaccard(new Set(), new Set())).to.equal(1)
  })
})

describe('foldNearDuplicates', () => {
  it('folds a post with a changed ending into the first one', () => {
    expect(fold([flood, fire, `⚡️ ${flood}. Подробности позже`])).to.deep.equal([[0, 2], [1]])
  })

  it('keeps posts on different events apart', () => {
    expect(fold([flood, fire])).to.deep.equal([[0], [1]])
  })

  it('folds copies that differ in case, ё, quotes and emoji', () => {
    expect(fold(['Ещё один «дождь» прошёл', '🌧 ЕЩЕ один "дождь" прошел'])).to.deep.equal([[0, 1]])
  })

  it('joins the most similar of the posts kept, not the first that would do', () => {
    const numbers = 'один два три четыре пять шесть семь восемь девять десять сто двести триста тысяча'.split(' ')
    const texts = [numbers.slice(0, 10), numbers.slice(1), numbers].map(list => list.join(' '))
    expect(fold(texts, 0.6)).to.deep.equal([[0], [1, 2]])
  })

  it('folds only equal texts at threshold 1', () => {
    expect(fold([flood, `${flood} снова`, flood.toUpperCase()], 1)).to.deep.equal([[0, 2], [1]])
  })

  it('finds the pairs that comparing all with all finds', () => {
    const word = fc.constantFrom('дождь', 'снег', 'град', 'ветер')
    const post = fc.array(word, {minLength: 1, maxLength: 8}).map(list => ({text: list.join(' ')}))
    fc.assert(
      fc.property(fc.array(post, {maxLength: 12}), posts => {
        const folds = foldNearDuplicates(posts, 0.5)
        expect(folds.flatMap(({kept, folded}) => [kept, ...folded])).to.have.members(posts)
        for (const {kept, folded} of folds)
          for (const {text} of folded) expect(jaccard(shingles(kept.text), shingles(text))).to.be.at.least(0.5)
        for (const [index, {kept}] of folds.entries())
          for (const earlier of folds.slice(0, index))
            expect(jaccard(shingles(kept.text), shingles(earlier.kept.text))).to.be.below(0.5)
      }),
      {seed: 23, numRuns: 500},
    )
  })
})
