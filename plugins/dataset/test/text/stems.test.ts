import {readFileSync} from 'node:fs'

import {expect} from 'chai'

import {isAbbreviation, stem, stemmedWords} from '#src/text/stems.js'

const fixture = readFileSync(new URL('fixtures/snowball-russian.tsv', import.meta.url), 'utf8')
const vocabulary = fixture
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => line.split('\t') as [word: string, stem: string])

describe('stem', () => {
  it('agrees with Snowball on 2,000 words of the news', () => {
    expect(vocabulary).to.have.length(2000)
    const differing = vocabulary.filter(([word, expected]) => stem(word) !== expected)
    expect(differing).to.deep.equal([])
  })

  it('does not depend on case or on ё', () => {
    for (const [word, expected] of vocabulary) {
      expect(stem(word[0]!.toUpperCase() + word.slice(1)), word).to.equal(expected)
      expect(stem(word.replaceAll('ё', 'е')), word).to.equal(expected)
    }
  })

  it('brings the forms of a word together', () => {
    expect(new Set(['дерево', 'дерева', 'деревом'].map(stem)).size).to.equal(1)
    expect(stem('ёлками')).to.equal(stem('елка'))
    expect(stem('за\u0301мка')).to.equal(stem('замка'))
  })

  it('leaves abbreviations whole: ИИ is not «и»', () => {
    expect(stem('ИИ')).to.equal('ии')
    expect(stem('США')).to.equal('сша')
    expect(stem('ЮНЕСКО')).to.equal('юнеско')
    expect(stem('юнеско')).to.equal('юнеск')
  })

  it('takes long words in capitals for shouting', () => {
    expect(stem('РОССИЯНЕ')).to.equal(stem('россияне'))
  })

  it('leaves words of three letters, Latin words and numbers alone', () => {
    expect(['дом', 'это', 'running', 'Python', '5,5', '20 %'].map(stem)).to.deep.equal([
      'дом',
      'это',
      'running',
      'python',
      '5,5',
      '20%',
    ])
  })

  it('stems each part of a compound by itself', () => {
    expect(stem('Санкт-Петербурга')).to.equal(stem('Санкт-Петербургом'))
    expect(stem('Ростове-на-Дону')).to.equal(stem('Ростова-на-Дону'))
    expect(stem('ИИ-сервисы')).to.equal('ии-сервис')
    expect(stem('10-летнего')).to.equal(stem('10-летний'))
  })

  it('keeps its answer when its memory starts anew', () => {
    const before = stem('правительствами')
    for (let index = 0; index <= 200_000; index++) stem(`слово${index}`)
    expect(stem('правительствами')).to.equal(before)
  })
})

describe('isAbbreviation', () => {
  it('needs two to six Cyrillic capitals', () => {
    expect(['МВД', 'ИИ', 'МАГАТЭ'].every(isAbbreviation)).to.equal(true)
    expect(['И', 'МВд', 'НАТО2', 'USA', 'РОСКОМНАДЗОР'].some(isAbbreviation)).to.equal(false)
  })
})

describe('stemmedWords', () => {
  it('gives the stems of the chosen tokens in order', () => {
    expect(stemmedWords('ИИ-сервисы выросли на 5,5 % — https://ria.ru/a')).to.deep.equal([
      'ии-сервис',
      'выросл',
      'на',
      '5,5%',
    ])
  })

  it('splits compounds after stemming', () => {
    expect(stemmedWords('в Санкт-Петербурге', {splitCompounds: true})).to.deep.equal(['в', 'санкт', 'петербург'])
  })
})
