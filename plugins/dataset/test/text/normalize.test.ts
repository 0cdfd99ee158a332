import {expect} from 'chai'

import {cleanInvisible, normalizeForMatching, normalizeWithOffsets} from '#src/text/normalize.js'

import {forAllTexts} from './hostile-text.ts'

describe('normalizeForMatching', () => {
  it('lower-cases without a locale and writes ё as е', () => {
    expect(normalizeForMatching('ЁЛКИ Ещё İstanbul')).to.equal('елки еще istanbul')
  })

  it('joins decomposed letters, so that й stays й, and drops stress marks', () => {
    expect(normalizeForMatching('и\u0306 за\u0301мок е\u0308')).to.equal('й замок е')
  })

  it('strips the soft hyphen, zero-width characters and variation selectors', () => {
    expect(normalizeForMatching('пере\u00adнос а\u200bб\u200cв\u200dг\ufeff ❤\ufe0f')).to.equal('перенос абвг ❤')
  })

  it('has one kind of space, quote, apostrophe, hyphen, dash and ellipsis', () => {
    expect(normalizeForMatching('а\u00a0б\u202fв «г» “д” „е“ ж’з и‑к −5 – — ― л…')).to.equal(
      'а б в "г" "д" "е" ж\'з и-к -5 — — — л...',
    )
  })

  it('has one kind of line break', () => {
    expect(normalizeForMatching('а\r\nб\rв\u2028г\u0085д')).to.equal('а\nб\nв\nг\nд')
  })

  it('is idempotent', () => {
    forAllTexts(text => expect(normalizeForMatching(normalizeForMatching(text))).to.equal(normalizeForMatching(text)))
  })

  it('does not see a difference between composed and decomposed text', () => {
    forAllTexts(text =>
      expect(normalizeForMatching(text.normalize('NFD'))).to.equal(normalizeForMatching(text.normalize('NFC'))),
    )
  })
})

describe('cleanInvisible', () => {
  it('keeps case, quotes, dashes and ё', () => {
    expect(cleanInvisible('«Ёлка» — это\u00a0…')).to.equal('«Ёлка» — это …')
  })

  it('strips what nobody sees', () => {
    expect(cleanInvisible('\ufeffпере\u00adнос\u200b, и\u0306\u0000!')).to.equal('перенос, й!')
  })

  it('keeps emoji whole: joined, with a selector, keycaps and flags of regions', () => {
    const emoji = '👩‍💻 ❤️ 1️⃣ 👍🏻 🇷🇺 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'
    expect(cleanInvisible(emoji)).to.equal(emoji)
  })

  it('strips joiners and selectors that join nothing', () => {
    expect(cleanInvisible('а\u200dб\ufe0f 👩\u200d слово \ufe0f')).to.equal('аб 👩 слово ')
  })

  it('is idempotent', () => {
    forAllTexts(text => expect(cleanInvisible(cleanInvisible(text))).to.equal(cleanInvisible(text)))
  })
})

describe('normalizeWithOffsets', () => {
  it('finds a fragment of the original', () => {
    const original = 'Цена — «Ёл\u00adка»… и\u00a0ещё'
    const {text, offsets} = normalizeWithOffsets(original)
    const at = text.indexOf('елка')
    expect(original.slice(offsets[at], offsets[at + 4])).to.equal('Ёл\u00adка')
  })

  it('gives the same text as normalizeForMatching', () => {
    forAllTexts(text => expect(normalizeWithOffsets(text).text).to.equal(normalizeForMatching(text)))
  })

  it('has offsets that never go back, from inside the text to its end', () => {
    forAllTexts(original => {
      const {text, offsets} = normalizeWithOffsets(original)
      expect(offsets).to.have.length(text.length + 1)
      expect(offsets.at(-1)).to.equal(original.length)
      expect([...offsets]).to.deep.equal([...offsets].sort((a, b) => a - b))
    })
  })
})
