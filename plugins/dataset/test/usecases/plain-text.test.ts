import {expect} from 'chai'

import {plainText} from '#src/usecases/plain-text.js'

describe('plain-text', () => {
  const cases: Record<string, [from: string, to: string]> = {
    'pairs of marks': ['**Мост** открыт, __сообщил__ мэр', 'Мост открыт, сообщил мэр'],
    'a mark that nothing closes': ['**Мост открыт', 'Мост открыт'],
    'a mark that nothing opens': ['Мост открыт**', 'Мост открыт'],
    'a mark in the middle of a sentence': ['Основные** положения доктрины', 'Основные положения доктрины'],
    'a mark between spaces': ['Мост ** открыт', 'Мост открыт'],
    'a pair and a half': ['**Мост** открыт и **дом', 'Мост открыт и дом'],
    'a style over two paragraphs': ['__Мост\n\nоткрыт', 'Мост\nоткрыт'],
    'three marks': ['А** б **в', 'А б в'],
    'a mark before a price': ['Цена** 5 ₽', 'Цена 5 ₽'],
    'a line of marks': ['Мост\n** **\nоткрыт', 'Мост\nоткрыт'],
    'a mark after a number': ['Вышли Go 1.22** и 1.23**, сообщает сайт', 'Вышли Go 1.22 и 1.23, сообщает сайт'],
    'letters of a word in bold': ['Он содерж**а**л мост', 'Он содержал мост'],
    'stars that hide letters': ['Ну и ж**а', 'Ну и ж**а'],
    'a power': ['2 ** 3 = 8', '2 ** 3 = 8'],
    code: ['def f(**kwargs), __init__ и snake__case', 'def f(**kwargs), __init__ и snake__case'],
  }
  for (const [what, [from, to]] of Object.entries(cases))
    it(`reads ${what}`, () => {
      expect(plainText(from)).to.equal(to)
    })
})
