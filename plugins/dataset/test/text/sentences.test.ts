import {readFileSync} from 'node:fs'

import {expect} from 'chai'

import {LEADING, NAME_PARTS, NUMBERED, SINGLE_LETTERS, TRAILING} from '#src/text/sentence-rules.js'
import {splitSentences} from '#src/text/sentences.js'
import {forAllTexts} from './hostile-text.ts'

/** `|` stands where sentences must be parted, and nowhere else. */
function expectSplit(marked: string): void {
  const sentences = marked.split('|').map(sentence => sentence.trim())
  expect(splitSentences(sentences.join(' ')).map(({text}) => text)).to.deep.equal(sentences)
}

/** Letters, digits, punctuation and symbols: what a sentence may not lose. */
function visible(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S}]/gu, '')
}

const golden: Record<string, string[]> = {
  'initials of persons': [
    'И. И. Иванов пришёл.|Он сел.',
    'Роман Л. Н. Толстого читают все.',
    'Указ подписал В. В. Путин.|Документ вступил в силу.',
    'Дж. Байден и Вс. Мейерхольд не знакомы.',
    'Задержали водителя Антона К.|Он признал вину.',
    'Евгений К. 2009 г. р.',
  ],
  'abbreviations before a name or a number': [
    'Он живёт в г. Москве на ул. Ленина в д. 5.|Там тихо.',
    'Завод им. Лихачёва закрыт.',
    'См. рис. 5 и табл. 2 на стр. 15.|Далее пусто.',
    'Читайте ч. 2 ст. 105 УК РФ, т. е. Уголовного кодекса.',
    'Ехали в т. ч. Иванов и и. о. Петрова.',
    'Это проф. Иванов и св. Николай.',
    'Сел на пр. Мира.',
    'Слово (англ. Word) известно.',
    'Requests vs. HTTPX.|Что выбрать?',
  ],
  'abbreviations after a number or a list': [
    'Цена 5,5 тыс. руб. выросла.|Рубль упал.',
    'Продали на 3 млрд руб.|Прибыль выросла.',
    'Это яблоки, груши и т. д.|Далее сливы.',
    'Это iCloud, Termux и пр.|Бонусом идёт копия.',
    'Скидка до конца 2025 г.|Для активации нужно время.',
    'Жили в XX в.|Пушкин жил раньше.',
    'В участок 418 г. Москвы.',
    'Потратили 5 млн долл. США.',
    'Земли 30 см.|Высоко.',
    'Площадь 5 кв. м.|Дом стоит.',
  ],
  'everyday words that look like abbreviations': [
    'Мы помогли им.|Они ушли.',
    'Положили лицом в пол.|В клубе нашли вещества.',
    'В середине 90-х.|Она выросла.',
    'Их убили в 1963-м.|Покушения продолжались.',
    'Мир работает на C.|Этот язык стар.',
    'Это я.|Он знает.',
    'Сварили рис.|Поели.',
  ],
  'what a line goes on with': [
    'Он ждал... и дождался.|Всё.',
    'Он ждал…|Никто не пришёл.',
    'Ура! закричал он.',
    'Что?! Не может быть!'.replace('?! ', '?!|'),
    'Компания растёт.|iPhone дешевеет.',
    'Версия 3.12.|Она быстрая.',
    'Пришло 10 человек.|5 ноября ушли.',
    'Слово (?) сказано.|Дальше […] тишина.',
    'Спорим? :)|Добро пожаловать!',
    'P. S. Напишите нам.',
  ],
  'quotes and direct speech': [
    '«Да?» — спросил он.|— Да! — ответила она.',
    '«Мы готовы», — сказал он.|«Когда?»|Никто не ответил.',
    'Он сказал: «Иду!»|И ушёл.',
    'Он пришёл (и ушёл.)|Тихо.',
    '«Стой!» крикнул он.',
  ],
  'numbered and bulleted lists': [
    '1. Первый пункт.|2. Второй пункт.',
    'IV. Глава о любви.',
    '🔹Один пункт|🔹Второй пункт|• Третий',
    'Выберите:|1️⃣ чай|2️⃣ кофе',
    'Новости. 👉 Читать'.replace('. ', '.|'),
    'Привет, друзья! 👋',
  ],
}

/** One text a line, `#` heads a kind. */
const PAIRS = readFileSync(new URL('fixtures/sentence-pairs.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('# '))

/** What no rule without understanding tells apart; here so that a change of it is seen. */
const KNOWN_WRONG: Record<string, string> = {
  'a title of two sentences': 'Вышла «Физика для всех.|Том 2».',
  'a year before a name': 'Летом 2024 г.|Москва выросла.',
  'a smiley in place of a full stop': 'Это было смешно :) Правда.',
}

describe('splitSentences', () => {
  it('is right on every pair of the list', () => {
    expect(PAIRS).to.have.length.above(150)
    for (const pair of PAIRS) expectSplit(pair)
  })

  for (const [what, example] of Object.entries(KNOWN_WRONG))
    it(`is known to be wrong on ${what}`, () => {
      expectSplit(example)
    })

  for (const [what, examples] of Object.entries(golden))
    it(`follows the rules for ${what}`, () => {
      for (const example of examples) expectSplit(example)
    })

  it('splits at every line break', () => {
    expect(splitSentences('Заголовок\n\n- пункт один\r\n- пункт два\u2028конец').map(({text}) => text)).to.deep.equal([
      'Заголовок',
      '- пункт один',
      '- пункт два',
      'конец',
    ])
  })

  it('keeps the emoji of a line’s end with the sentence before it', () => {
    expect(splitSentences('Привет! 👋\nПока! 🎉🎉').map(({text}) => text)).to.deep.equal(['Привет! 👋', 'Пока! 🎉🎉'])
  })

  it('gives nothing for a blank text', () => {
    expect(splitSentences('')).to.deep.equal([])
    expect(splitSentences(' \n\u00a0\u200b\n')).to.deep.equal([])
  })

  it('puts everything visible into exactly one sentence, in order', () => {
    forAllTexts(text => {
      const sentences = splitSentences(text)
      expect(sentences.map(sentence => visible(sentence.text)).join('')).to.equal(visible(text))
      let last = 0
      for (const {text: sentence, start, end} of sentences) {
        expect(text.slice(start, end)).to.equal(sentence)
        expect(start).to.be.at.least(last)
        last = end
      }
    })
  })

  it('does not split a sentence again', () => {
    for (const {text} of splitSentences(Object.values(golden).flat().join(' ').replaceAll('|', ' ')))
      expect(splitSentences(text).map(sentence => sentence.text)).to.deep.equal([text])
  })
})

describe('the abbreviation tables', () => {
  it('have each abbreviation in one table only', () => {
    const all = [LEADING, NUMBERED, TRAILING, NAME_PARTS, SINGLE_LETTERS].flatMap(table => [...table])
    const twice = all.filter((name, index) => all.indexOf(name) !== index && !SINGLE_LETTERS.has(name))
    expect(twice).to.deep.equal([])
  })

  it('are in lower case without ё and dots', () => {
    for (const name of [...LEADING, ...NUMBERED, ...TRAILING]) expect(name).to.match(/^[a-zа-я]+$/)
  })
})
