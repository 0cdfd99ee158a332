import {expect} from 'chai'

import {matchingForm, tokenize, words} from '#src/text/tokens.js'

import {forAllTexts} from './hostile-text.ts'

const show = (text: string) => tokenize(text).map(token => `${token.kind} ${token.text}`)

describe('tokenize', () => {
  it('keeps inner hyphens and apostrophes: Санкт-Петербурга, ИИ-сервисы, д’Артаньян', () => {
    expect(show("Санкт-Петербурга, ИИ-сервисы; д’Артаньян -и- O'Reilly")).to.deep.equal([
      'word Санкт-Петербурга',
      'word ИИ-сервисы',
      'word д’Артаньян',
      'word и',
      "word O'Reilly",
    ])
  })

  it('keeps decimals, ranges and per cent signs with the number: 5,5', () => {
    expect(show('5,5 тыс., 3.12.1 и 10–15 %, 20%, 1000,')).to.deep.equal([
      'number 5,5',
      'word тыс',
      'number 3.12.1',
      'word и',
      'number 10–15 %',
      'number 20%',
      'number 1000',
    ])
  })

  it('counts a run with a letter as a word: COVID-19, 2020-х, Су-57', () => {
    expect(show('COVID-19 2020-х Су-57 3D snake_case Python3.12')).to.deep.equal([
      'word COVID-19',
      'word 2020-х',
      'word Су-57',
      'word 3D',
      'word snake_case',
      'word Python3.12',
    ])
  })

  it('takes @name and #тег whole', () => {
    expect(show('@proglib_academy, #вопросы_с_собеседований! #2 C# a@b @ # ##тег')).to.deep.equal([
      'mention @proglib_academy',
      'hashtag #вопросы_с_собеседований',
      'number 2',
      'word C',
      'word a',
      'word b',
      'hashtag #тег',
    ])
  })

  it('takes addresses whole, without the punctuation after them', () => {
    expect(
      show('(https://ru.wikipedia.org/wiki/Go_(язык)), t.me/a_b. HTTP://X.RU/?q=1&r=2… name@host.org; www.ya.ru!'),
    ).to.deep.equal([
      'url https://ru.wikipedia.org/wiki/Go_(язык)',
      'url t.me/a_b',
      'url HTTP://X.RU/?q=1&r=2',
      'url name@host.org',
      'url www.ya.ru',
    ])
  })

  it('does not take names of firms and files for addresses', () => {
    expect(show('Mail.ru, Node.js и/или main.go: http:// слово.Слово')).to.deep.equal([
      'word Mail',
      'word ru',
      'word Node',
      'word js',
      'word и',
      'word или',
      'word main',
      'word go',
      'word http',
      'word слово',
      'word Слово',
    ])
  })

  it('takes an emoji sequence as one token: joined, skin tone, flag, keycap, outside the basic plane', () => {
    expect(show('👩‍💻👍🏻 🇷🇺🇷🇺 1️⃣ ❤️ ⚡')).to.deep.equal([
      'emoji 👩‍💻',
      'emoji 👍🏻',
      'emoji 🇷🇺',
      'emoji 🇷🇺',
      'emoji 1️⃣',
      'emoji ❤️',
      'emoji ⚡',
    ])
  })

  it('does not break a word at a soft hyphen, a stress mark or a zero-width space', () => {
    expect(show('пере\u00adнос за\u0301мок сло\u200bво')).to.deep.equal([
      'word пере\u00adнос',
      'word за\u0301мок',
      'word сло\u200bво',
    ])
  })

  it('gives offsets that point at the text of the token, in order and without overlap', () => {
    forAllTexts(text => {
      let last = 0
      for (const {text: token, start, end} of tokenize(text)) {
        expect(text.slice(start, end)).to.equal(token)
        expect(start).to.be.at.least(last)
        expect(end).to.be.above(start)
        last = end
      }
    })
  })

  it('loses no letter and no digit', () => {
    forAllTexts(text => {
      const tokens = tokenize(text)
      for (const {index} of text.matchAll(/[a-zа-я\d]/gi))
        expect(
          tokens.some(({start, end}) => start <= index && index < end),
          `${JSON.stringify(text)} at ${index}`,
        ).to.equal(true)
    })
  })
})

describe('words', () => {
  it('gives matching forms of words and numbers, and leaves the other classes out', () => {
    expect(words('Ёлка за 5,5 тыс. ₽ — https://ria.ru @name #тег 🎄')).to.deep.equal(['елка', 'за', '5,5', 'тыс'])
  })

  it('takes other classes when asked', () => {
    expect(words('Ещё: @Name #Тег 👩‍💻 t.me/X', {kinds: ['mention', 'hashtag', 'emoji', 'url']})).to.deep.equal([
      '@name',
      '#тег',
      '👩💻',
      't.me/x',
    ])
  })

  it('splits compounds when asked, but not what has a digit', () => {
    expect(words('Ростов-на-Дону 5-й COVID-19', {splitCompounds: true})).to.deep.equal([
      'ростов',
      'на',
      'дону',
      '5-й',
      'covid-19',
    ])
  })

  it('writes the same number the same way', () => {
    expect(words('10–15 %')).to.deep.equal(words('10-15%'))
    expect(words('20\u00a0%')).to.deep.equal(['20%'])
  })

  it('is the matching form of each token, however the text is written', () => {
    forAllTexts(text => {
      const chosen = tokenize(text).filter(({kind}) => kind === 'word' || kind === 'number')
      expect(words(text)).to.deep.equal(chosen.map(token => matchingForm(token.text)))
    })
  })

  it('finds nothing in a text without words', () => {
    expect(words('')).to.deep.equal([])
    expect(words(' — … !!! «»')).to.deep.equal([])
  })
})
