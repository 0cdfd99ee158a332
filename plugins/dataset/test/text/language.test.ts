import {expect} from 'chai'

import {cyrillicShare, languageHint} from '#src/text/language.js'

describe('cyrillicShare', () => {
  it('counts letters only', () => {
    expect(cyrillicShare('Привет, 2024! 🎉')).to.equal(1)
    expect(cyrillicShare('Пять five')).to.equal(0.5)
  })

  it('leaves addresses, names of channels and tags out', () => {
    expect(cyrillicShare('Читать https://naked-science.ru/article/x @proglib #python t.me/x')).to.equal(1)
  })

  it('is 0 for a text without words', () => {
    expect(cyrillicShare('')).to.equal(0)
    expect(cyrillicShare('123 🎉 https://ria.ru')).to.equal(0)
  })
})

describe('languageHint', () => {
  const texts = {
    ru: 'Правительство объявило о новых мерах поддержки, сообщил министр. Это решение вызвало споры.',
    uk: 'Уряд оголосив про нові заходи підтримки, повідомив міністр. Це рішення викликало суперечки у її колег.',
    be: 'Урад абвясціў пра новыя меры падтрымкі, паведаміў міністр. Гэтае рашэнне выклікала спрэчкі ў краіне.',
    bg: 'Правителството обяви нови мерки за подкрепа, съобщи министърът. Това решение предизвика спорове в държавата, въпреки че съветът го одобри.',
    sr: 'Влада је објавила нове мере подршке, саопштио је министар. Ова одлука је изазвала спорове међу људима.',
    mk: 'Владата објави нови мерки за поддршка, соопшти министерот. Ѓорѓи рече дека ќе има расправи, но сѐ е договорено со ѕвездите.',
    cyrillic: 'Үкімет қолдаудың жаңа шараларын жариялады, деп хабарлады министр. Бұл шешім дау тудырды.',
    other: 'The government announced new measures.',
  } as const

  for (const [hint, text] of Object.entries(texts))
    it(`tells ${hint}`, () => {
      expect(languageHint(text)).to.equal(hint)
    })

  it('is not misled by a foreign name in a Russian text', () => {
    expect(languageHint(`${texts.ru} Об этом пишет «Укрінформ» со ссылкой на агентство.`)).to.equal('ru')
  })

  it('takes short Cyrillic for Russian', () => {
    expect(languageHint('Москва')).to.equal('ru')
    expect(languageHint('Ракетная опасность объявлена в Орловской области')).to.equal('ru')
  })

  it('has no opinion on a text without words', () => {
    expect(languageHint('🎉 123')).to.equal('other')
  })
})
