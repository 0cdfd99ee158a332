import {expect} from 'chai'

import {isAdvert} from '#src/usecases/advert.js'
import {withoutOwnFooter} from '#src/usecases/plain-text.js'

const ADVERTS: Record<string, string> = {
  'a token in the text': 'Купите слона.\n\nerid: 2VtzqxKd7aB',
  'a token in a link': 'Лучший [слон](https://example.com/?utm_source=tg&erid=LjN8KFWvp) города',
  'a token in the path of a link': 'Слоны есть на [рынке](https://sponsored.example/erid_2VfnxwaB4kx_ozon)',
  'the advertiser after the word': 'Слоны по ценам зайцев.\nРеклама. ООО «Слон», ИНН 7700000000',
  'the advertiser without a dot': 'Слоны по ценам зайцев.\nРеклама ООО «Слон и Ко» ИНН: 7700000000',
  'a private person': 'Канал о слонах.\nРеклама. Слонов Иван Петрович, ИНН 770000000000',
  'the tag at the end': 'Слоны дня по лучшей цене. #реклама',
  'the tag on its own line': '#промо\nСлоны дня по лучшей цене.',
  'the old formula': 'Слоны по ценам зайцев.\nНа правах рекламы',
  'a sale': 'Скидка 30% по промокоду СЛОН! Успейте купить билеты, только до пятницы.',
  'a contest': 'Мы дарим три самоката! Подпишитесь на канал и нажмите кнопку «Участвовать».',
  'a reminder of a contest': '🎁 Напоминаем про наш розыгрыш самоката. Итоги уже завтра!',
  'a paid course': 'Дарим скидку 35% на курс «Основы слоноводства». Оставьте заявку, и менеджер вам поможет.',
  'an event of its own':
    'Приглашаем на бесплатный вебинар «Слоны и рынок» 24 октября. Участие бесплатное, нужна [регистрация](https://slon.timepad.ru/event/1).',
  'other channels':
    '**Самые полезные каналы о слонах в одной папке**\nДобавляйте себе: [папка](https://t.me/addlist/x)',
  'its advertising space': 'У нас можно купить рекламу: 60 каналов о слонах, миллион читателей.',
  'a promotional code': 'Четыре пиццы за 1290 рублей по промокоду 777. А ещё роллы и суши.',
  'the prize of a contest': 'Победит один из вас. С победителем свяжется @slon.',
  'nothing but a call to subscribe': '👉 [Подписаться на канал](https://t.me/slon)',
}

const NEWS: Record<string, string> = {
  'a law on advertising': 'Депутаты запретили купить рекламу у блогеров без регистрации. Закон вступит в силу весной.',
  'what the token is':
    'Ведомство разъяснило, как получить токен erid для публикаций в 2025 году. Памятка опубликована.',
  'a fine for a missing token': 'Блогера оштрафовали: под роликом не было пометки «erid: 2VtzqxKd7aB», решил суд.',
  'a tag in a sentence': 'Хештег #реклама станет обязательным для всех постов, сообщили в ведомстве.',
  'a firm of that name': 'Реклама: ООО признали банкротом, сообщил управляющий. Дело рассмотрят в марте.',
  'a headline about a firm’s advert':
    'Реклама ООО «Слон» нарушила закон, решила антимонопольная служба. Фирму оштрафуют.',
  'a lottery in court': 'Суд признал результаты розыгрыша лотереи недействительными. Организатора задержали.',
  'discounts of a shop': 'Сеть магазинов вводит скидки по промокоду для пенсионеров. Акция продлится месяц.',
  'discounts and tickets':
    'Банк вводит скидки по промокоду для пенсионеров. Купить билеты можно в кассе театра до 31 декабря.',
  'tickets of a theatre': 'Большой театр откроет продажу билетов, купить билеты можно в кассе до 31 декабря.',
  'a city’s invitation':
    'Мэрия: вход в музеи бесплатный, записывайтесь онлайн. Регистрируйтесь до 5 ноября, приглашаем всех жителей.',
  'a warning': 'Полиция просит: не переходите по ссылкам и не оформляйте подписку, где обещают промокод и скидку.',
  prices: 'Кофе подорожает на 20-30% к концу года из-за засухи. Рестораны предупредили о росте цен.',
  'a bonus of the state': 'Пенсионерам начислят бонус к пенсии в декабре. Заявление подавать не нужно.',
  'the market of advertising': 'Рынок рекламы в интернете вырос на треть, подсчитали аналитики. Доля видео — 40 %.',
}

const NEWS_ITEM = 'Над рекой открыли новый мост. Движение по нему запустят в пятницу, сообщила мэрия.'

const FOOTERS: Record<string, string> = {
  'a link for votes': '🚀 [Проголосовать за канал](https://t.me/boost/slon)',
  'a row of links':
    '[Подписаться](https://t.me/slon) | [Прислать новость](https://t.me/slonbot) | [Буст](https://t.me/boost/slon)',
  'a contact for advertisers': 'По вопросам рекламы: @slon_ads',
  'an offer of advertising space': '[Купить рекламу](https://t.me/slon_ads)',
  'the newsletter': '📩 Подпишитесь на «Контекст» — рассылку, которая помогает понять новости',
  'names alone': '@slon_news',
  'another messenger': 'Мы в MAX',
  'two lines of them': '[Наш чат](https://t.me/chat)\n👉 Подписывайтесь на наш канал!',
}

describe('advert', () => {
  for (const [what, text] of Object.entries(ADVERTS))
    it(`knows ${what}`, () => {
      expect(isAdvert(text)).to.equal(true)
    })

  for (const [what, text] of Object.entries(NEWS))
    it(`keeps news with ${what}`, () => {
      expect(isAdvert(text)).to.equal(false)
    })

  for (const [what, footer] of Object.entries(FOOTERS))
    it(`keeps news above ${what}`, () => {
      expect(isAdvert(`${NEWS_ITEM}\n\n${footer}`)).to.equal(false)
    })

  it('has no opinion on a post without words', () => {
    for (const text of ['', '🔥🔥', '#юмор', 'https://example.com/1']) expect(isAdvert(text), text).to.equal(false)
  })
})

describe('own-footer', () => {
  it('cuts the lines in which a channel speaks of itself, and nothing above them', () => {
    for (const footer of [
      '😄— Подписаться',
      'Подписаться | Прислать новость | Буст',
      'Читать нас без VPN можно здесь: bit.ly/slon',
      'По вопросам рекламы: @slon_ads\nhttps://t.me/slon',
      '➡ Вы можете подписаться на email-рассылку здесь',
    ])
      expect(withoutOwnFooter(`${NEWS_ITEM}\n${footer}`), footer).to.equal(NEWS_ITEM)
  })

  it('cuts a call to subscribe that stands behind the last sentence', () => {
    expect(withoutOwnFooter(`${NEWS_ITEM} Подписаться на канал 👇👇👇https://t.me/slon`)).to.equal(NEWS_ITEM)
  })

  it('takes no news for a footer', () => {
    for (const news of [
      'Подписан указ о мостах',
      'Подписка на журнал подорожает вдвое',
      'Наши в городе: сборная прилетела',
      'Реклама на мостах запрещена',
      'Мы в космосе уже шестьдесят лет, напомнили в академии',
      'Поддержать фермеров рублём предложили депутаты',
      'Голосовать за мэра можно будет три дня',
    ])
      expect(withoutOwnFooter(`Город.\n${news}`), news).to.equal(`Город.\n${news}`)
  })

  it('leaves nothing of a post that is nothing but a footer', () => {
    expect(withoutOwnFooter('👉 Подписаться\n@slon')).to.equal('')
  })
})
