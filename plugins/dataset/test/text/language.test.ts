import {readFileSync} from 'node:fs'

import {expect} from 'chai'

import {cyrillicShare, languageHint, mainLanguage} from '#src/text/language.js'
import {languageInWords} from '#src/usecases/language-names.js'

interface Example {
  language: string
  set: string
  text: string
}

/** Short news in six languages, among the Russian ones some that quote the others. */
const EXAMPLES: Example[] = readFileSync(new URL('fixtures/languages.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split('\t'))
  .map(([language = '', set = '', text = '']) => ({language, set, text}))

const LANGUAGES = ['ru', 'uk', 'be', 'bg', 'sr', 'kk'] as const

function textsIn(language: string): string[] {
  return EXAMPLES.filter(example => example.language === language).map(({text}) => text)
}

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
  for (const language of LANGUAGES)
    it(`tells ${language} from a sentence or two: precision and recall of at least 0.95`, () => {
      const found = EXAMPLES.filter(({text}) => languageHint(text) === language)
      const right = found.filter(example => example.language === language).length
      expect(textsIn(language)).to.have.length.above(50)
      expect(right / textsIn(language).length, 'recall').to.be.at.least(0.95)
      expect(right / found.length, 'precision').to.be.at.least(0.9)
    })

  it('is as good on texts that nothing was tuned on', () => {
    const heldOut = EXAMPLES.filter(({set}) => set === 'held-out')
    expect(heldOut).to.have.length(60)
    expect(heldOut.filter(({language, text}) => languageHint(text) === language)).to.have.length.of.at.least(57)
  })

  it('never takes Russian for another language, quotations or not', () => {
    for (const text of textsIn('ru')) expect(languageHint(text), text).to.equal('ru')
  })

  it('tells languages by their words when every letter is Russian, too', () => {
    expect(languageHint('Парламентът прие закона, но няма да го приложи преди края на годината.')).to.equal('bg')
    expect(languageHint('Хто буде новим тренером, поки не кажуть. Про це говорили ще влітку.')).to.equal('uk')
    expect(languageHint('Та що це за новина, коли про неї говорили ще вчора')).to.equal('uk')
  })

  it('tells further languages', () => {
    const texts = {
      mk: 'Владата објави нови мерки за поддршка, соопшти министерот. Ѓорѓи рече дека ќе има расправи.',
      cyrillic: 'Ҡала үҙәгендә яңы баҡса асылды, тип хәбәр итте мэр. Ҡунаҡтар күп ине.',
      en: 'The government announced new measures.',
      ar: 'أعلنت الحكومة عن إجراءات جديدة لدعم الشركات الصغيرة',
      other: 'Die Regierung kündigte neue Maßnahmen an.',
    } as const
    for (const [hint, text] of Object.entries(texts)) expect(languageHint(text), text).to.equal(hint)
  })

  it('takes short Cyrillic and Russian with names for Russian', () => {
    for (const text of [
      'Москва',
      'Ракетная опасность объявлена в Орловской области',
      'Правительство объявило о мерах, пишет «Укрінформ» со ссылкой на агентство.',
      'Moscow hosts BRICS: встреча пройдёт в Казани, сообщил Кремль',
    ])
      expect(languageHint(text), text).to.equal('ru')
  })

  it('has no opinion on a text without words', () => {
    expect(languageHint('🎉 123')).to.equal('other')
  })
})

describe('mainLanguage', () => {
  for (const language of ['uk', 'be', 'bg', 'sr', 'kk'])
    it(`tells a channel in ${language}, and its Russian posts do not change that`, () => {
      const main = mainLanguage([...textsIn(language), ...textsIn('ru').slice(0, 15)])
      expect(main?.language).to.equal(language)
      expect(main?.russian).to.be.below(0.5)
    })

  it('leaves a channel Russian that has some posts in other languages', () => {
    const foreign = LANGUAGES.filter(language => language !== 'ru').flatMap(language => textsIn(language).slice(0, 4))
    const main = mainLanguage([...textsIn('ru'), ...foreign])
    expect(main?.language).to.equal('ru')
    expect(main?.russian).to.be.above(0.5)
  })

  it('keeps a mix of Russian and Ukrainian in one sentence out of the other languages', () => {
    for (const mix of [
      'Та шо вы такое говорите, я ж вчора була на базаре и всё видела.',
      'Короче, приїхали ми до них, а они говорят: нема никого дома.',
      'Шо робити, если света нет уже три дня? Соседи тоже не знают.',
      'Кажу ему: иди додому, а он стоит и смеётся.',
    ])
      expect(languageHint(mix), mix).to.be.oneOf(['ru', 'uk'])
  })

  it('is undefined without words, and has names for messages', () => {
    expect(mainLanguage(['🎉', ''])).to.equal(undefined)
    expect(languageInWords('uk')).to.equal('Ukrainian (uk)')
  })
})
