import {expect} from 'chai'

import {stripMarkup} from '#src/text/telegram-markup.js'

import {forAllTexts} from './hostile-text.ts'

const plain = (markup: string) => stripMarkup(markup).text

describe('stripMarkup', () => {
  it('drops the marks of bold, italic, strike and spoiler', () => {
    expect(plain('**жирный** __курсив__ ~~зачёркнутый~~ ||спойлер||')).to.equal('жирный курсив зачёркнутый спойлер')
    expect(plain('**__Оба__**')).to.equal('Оба')
  })

  it('keeps the text of links and returns where they lead', () => {
    expect(stripMarkup('Он [сообщил](https://ria.ru/a_b), что [**да**](tg://user?id=1).')).to.deep.equal({
      text: 'Он сообщил, что да.',
      links: [
        {label: 'сообщил', url: 'https://ria.ru/a_b'},
        {label: 'да', url: 'tg://user?id=1'},
      ],
    })
  })

  it('keeps brackets inside an address', () => {
    const {text, links} = stripMarkup('[Tenex](https://en.wikipedia.org/wiki/TENEX_(operating_system)) и (далее)')
    expect(text).to.equal('Tenex и (далее)')
    expect(links).to.deep.equal([{label: 'Tenex', url: 'https://en.wikipedia.org/wiki/TENEX_(operating_system)'}])
  })

  it('takes a label with brackets or a line break, and one without a letter', () => {
    expect(plain('[Тяжёлый H[header]](https://habr.com/1)')).to.equal('Тяжёлый H[header]')
    expect(plain('👉[Читать\n](https://proglib.io/p/1)')).to.equal('👉Читать\n')
    expect(stripMarkup('[ ](https://t.me/x)Текст').links).to.deep.equal([{label: '', url: 'https://t.me/x'}])
  })

  it('reads marks as an exporter writes them: side by side, before spaces, across a line break', () => {
    expect(plain('__Читать: ____bit.ly/bbcrussian__')).to.equal('Читать: bit.ly/bbcrussian')
    expect(plain('**📱****\u00a0 **[Прислать новость](https://t.me/E)')).to.equal('📱\u00a0 Прислать новость')
    expect(plain('В России **сильно подорожает **электроника, **— **РИА')).to.equal(
      'В России сильно подорожает электроника, — РИА',
    )
    expect(plain('доллар** выше 100 рублей**, евро')).to.equal('доллар выше 100 рублей, евро')
    expect(plain('⚡ **Новости к этому часу\n**\n🐧 Текст')).to.equal('⚡ Новости к этому часу\n\n🐧 Текст')
    expect(plain('Власти** **советуют')).to.equal('Власти советуют')
    expect(plain('Д**емонстранты на площади**')).to.equal('Демонстранты на площади')
  })

  it('leaves identifiers, formulas and footnotes alone', () => {
    for (const text of [
      'snake_case и __init__() и a__b__c',
      '2 ** 3 = 8, x ** 2',
      'f(*args, **kwargs)',
      'if (a || b || c)',
      'см. [1] и do[bool](a)',
      'timeout.With[any](10*time.Second)',
      '* Организация запрещена',
      '¯\\_(ツ)_/¯',
      '________',
    ])
      expect(plain(text)).to.equal(text)
  })

  it('leaves censored words alone, bold text around them or not', () => {
    expect(plain('ж**у и х**й')).to.equal('ж**у и х**й')
    expect(plain('«ж**у спасать» **Итог**')).to.equal('«ж**у спасать» Итог')
    expect(plain('**«шл***стан»**, — депутат')).to.equal('«шл***стан», — депутат')
    expect(plain('Идите ***, люди! Вы [***] вот-вот')).to.equal('Идите ***, люди! Вы [***] вот-вот')
  })

  it('leaves bare addresses alone', () => {
    for (const text of ['https://a.b/c__d__e', 'https://a.b/x_(y)_z?q=__1', 'http://a.b/~~u~~/'])
      expect(plain(text)).to.equal(text)
    expect(plain('**https://a.b/c_d**')).to.equal('https://a.b/c_d')
  })

  it('keeps code as it is, without its fences', () => {
    expect(plain('`__init__` и `2 ** 3`')).to.equal('__init__ и 2 ** 3')
    expect(plain('```python\nx = a[0](b)\n**kw```')).to.equal('x = a[0](b)\n**kw')
    expect(plain('```package main\n\nfunc f()```')).to.equal('package main\n\nfunc f()')
  })

  it('leaves marks without a partner in the text', () => {
    expect(plain('начало ** конца')).to.equal('начало ** конца')
    expect(plain('открыто ``` и `')).to.equal('открыто ``` и `')
    expect(plain('[нет](конца')).to.equal('[нет](конца')
  })

  it('returns a text without markup unchanged', () => {
    const text = 'Обычный текст: 5 * 3, a_b, (скобки) и [скобки].'
    expect(stripMarkup(text)).to.deep.equal({text, links: []})
  })

  it('only ever takes away', () => {
    forAllTexts(markup => {
      const {text} = stripMarkup(markup)
      let at = 0
      for (const unit of text.split('')) {
        at = markup.indexOf(unit, at) + 1
        expect(at).to.be.above(0)
      }
    })
  })
})
