import {expect} from 'chai'

import {linkTitle, readList, readableSentence} from '#src/adapters/summarizers/read-post.js'
import {hangsInTheAir, isCall, isLeadIn, leansOnPrevious} from '#src/adapters/summarizers/sentence-roles.js'
import {cleanPost} from '../../sample/channels.ts'

describe('readable-sentence', () => {
  const cases: Record<string, [from: string, to: string]> = {
    'list marks and emoji at the beginning': ['⚡️▪️ Открыт новый мост', 'Открыт новый мост'],
    'the number of a list item': ['1. Открыт мост', 'Открыт мост'],
    'a date, which is no list number': ['14.11, 16.11 — спектакль', '14.11, 16.11 — спектакль'],
    'tags and emoji at the end': ['Открыт мост. #новости #город 🎉', 'Открыт мост.'],
    'an address inside': ['Ответ: https://example.com/qa', 'Ответ:'],
    'an address in brackets': ['Открыт мост (https://example.com).', 'Открыт мост.'],
    'a name that begins with a dot': ['Вышла платформа .NET 9!', 'Вышла платформа .NET 9!'],
    'a mention that the sentence needs': ['С победителями свяжется @name', 'С победителями свяжется @name'],
    'half of a quotation': ['«Мост открыт, и это хорошо.', 'Мост открыт, и это хорошо.'],
    'a quotation that begins earlier': ['И это хорошо».', 'И это хорошо».'.replace('И', '«И')],
    'a small letter': ['в городе открыт мост', 'В городе открыт мост'],
    'code, which keeps its small letter': ['new и make в Go', 'new и make в Go'],
    'nothing but emoji': ['🔥🔥🔥', ''],
    'nothing but an address': ['https://example.com', ''],
  }
  for (const [name, [from, to]] of Object.entries(cases))
    it(`reads ${name}`, () => expect(readableSentence(from)).to.equal(to))
})

describe('sentence-roles', () => {
  it('knows a call to the reader', () => {
    for (const call of [
      'Подписаться',
      'Читать статью',
      'Зеркало',
      'А как вы относитесь к мостам?',
      'Пишите в комментариях',
      'Регистрируйтесь сейчас',
      'Делитесь мнением',
    ])
      expect(isCall(call), call).to.equal(true)
  })

  it('takes no news for a call', () => {
    for (const news of [
      'Подписан указ о мостах',
      'Читательский билет подорожал',
      'Ответственность за наледь введут весной',
      'Источники тепла проверили',
      'Слушания по мосту прошли',
    ])
      expect(isCall(news), news).to.equal(false)
  })

  it('knows a sentence that leans on the one before', () => {
    for (const leaning of ['Он открыт для всех.', 'При этом мост длинный.', 'Но не для грузовиков.'])
      expect(leansOnPrevious(leaning), leaning).to.equal(true)
    for (const own of ['Онлайн-касса открыта.', 'Носорог вернулся.', 'Андрей приехал.'])
      expect(leansOnPrevious(own), own).to.equal(false)
  })

  it('knows an opening that hangs in the air', () => {
    for (const hanging of [
      'Ему всего 34 года.',
      'Он открыл мост.',
      'Её нашли в лесу.',
      'У него новый мост.',
      'Это самый длинный мост в стране.',
      'В этом доме жил поэт.',
      'Этот мост открыт.',
      'Там холодно.',
      'Поэтому мост закрыли.',
      'А вот и запись эфира.',
      'Такой мост один.',
    ])
      expect(hangsInTheAir(hanging), hanging).to.equal(true)
    for (const own of [
      'Эта ночь стала самой холодной в году.',
      'Этой ночью открыли мост.',
      'В этом году мост отремонтируют.',
      'На этой неделе похолодает.',
      'Онлайн-касса открыта.',
      'А. П. Чехов родился в Таганроге.',
      'Имя героя осталось тайной.',
      'Тамбов ждёт гостей.',
      'Сейчас в городе снег.',
    ])
      expect(hangsInTheAir(own), own).to.equal(false)
  })

  it('knows a sentence that announces a list', () => {
    expect(isLeadIn('Что изменится с декабря:')).to.equal(true)
    expect(isLeadIn('Всё изменится.')).to.equal(false)
  })
})

describe('read-list', () => {
  it('reads a title and its items', () => {
    const list = readList([
      '⚡ Новости к этому часу',
      '💽 Открыли новый мост',
      '🇨🇳 Закрыли старый завод',
      '🎮 Построили большой дом',
      '#новости',
    ])
    expect(list).to.deep.equal({
      title: 'Новости к этому часу',
      items: ['Открыли новый мост', 'Закрыли старый завод', 'Построили большой дом'],
    })
  })

  it('keeps the headings inside a list, and leaves out the times of a recording', () => {
    expect(
      readList([
        'Сеть транспорта изменится',
        'Вместо одного маршрута запустят два:',
        '• С1 — от вокзала',
        '• С2 — от рынка и школы',
        '• С3 — от парка',
      ]),
    ).to.deep.equal({
      title: 'Сеть транспорта изменится',
      items: ['Вместо одного маршрута запустят два:', 'С1 — от вокзала', 'С2 — от рынка и школы', 'С3 — от парка'],
    })
    const recording = readList([
      'Подкаст о мостах',
      '00:00 Вступление ведущего',
      '06:04 История мостов',
      '1:13:55 Почему мосты падают',
    ])
    expect(recording?.items).to.deep.equal(['Вступление ведущего', 'История мостов', 'Почему мосты падают'])
  })

  it('takes no prose for a list', () => {
    expect(readList(['Мост открыт.', 'Он длинный. Он новый.', 'Его строили год.', 'Теперь всё готово.'])).to.equal(
      undefined,
    )
  })
})

describe('link-title', () => {
  it('finds the title of the recommended article at the end of a post', () => {
    const text = '«Однажды я решил построить мост»\n\n[Как строят мосты в горах](https://example.com/1)'
    expect(linkTitle(cleanPost('1', '«Однажды я решил построить мост»\nКак строят мосты в горах', {text}))).to.equal(
      'Как строят мосты в горах',
    )
  })

  it('finds no title in a list of links or in a call', () => {
    const two = cleanPost('1', 'Как строят мосты\nКак строят дома', {
      text: '[Как строят мосты](https://a.b)\n[Как строят дома](https://a.c)',
    })
    const call = cleanPost('1', 'Читать статью на сайте', {text: '[Читать статью на сайте](https://a.b)'})
    expect([linkTitle(two), linkTitle(call)]).to.deep.equal([undefined, undefined])
  })
})
