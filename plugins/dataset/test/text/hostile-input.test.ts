import {existsSync, readFileSync} from 'node:fs'

import {expect} from 'chai'

import {
  cleanInvisible,
  cyrillicShare,
  foldNearDuplicates,
  languageHint,
  latinRuns,
  normalizeForMatching,
  normalizeWithOffsets,
  repeatedFooters,
  splitSentences,
  stemmedWords,
  stripMarkup,
  tokenize,
  words,
} from '#src/text/index.js'

import {cannotRun} from '../../../../test/helpers/live-test.ts'
import {forAllTexts} from './hostile-text.ts'

const naughtyStrings = new URL('../../../../../shared/data/bad-input/naughty-strings/blns.json', import.meta.url)

const everything: Record<string, (text: string) => unknown> = {
  cleanInvisible,
  normalizeForMatching,
  normalizeWithOffsets,
  stripMarkup,
  tokenize,
  words,
  stemmedWords,
  splitSentences,
  cyrillicShare,
  languageHint,
  latinRuns,
  foldNearDuplicates: text => foldNearDuplicates([{text}, {text}]),
  repeatedFooters: text => repeatedFooters([text, text]),
}

/** Each of these, repeated, has made some regex or look-back somewhere quadratic. */
const repeated = [
  ...'_ ** ` ``` [ ]( [a](http: [a](http:( ~~ « .» ." • a. a.b@ @a a@ #а http:// :// а- 1. 👩‍ 👩‍💻 🇷 1️⃣ İ'.split(' '),
  '\n ',
  '! ',
  '." ',
  'И. ',
  'т. ',
  '1 ',
  '\u200d',
  'а\u0301',
  '\ud800',
]

/** Enough for quadratic time to run into the time limit. */
const LENGTH = 2 ** 18

const long = (unit: string, length = LENGTH) => `Начало ${unit.repeat(length / unit.length)} конец.`

describe('every function of the text core', () => {
  for (const [name, run] of Object.entries(everything)) {
    it(`${name} takes a megabyte of dots, brackets or stars`, () => {
      for (const unit of ['.', '(', '*']) run(long(unit, 2 ** 20))
    })

    it(`${name} takes any mark repeated without end`, function () {
      this.timeout(120_000)
      for (const unit of repeated) run(long(unit))
    })
  }

  it('takes any text, lone surrogates too, without throwing', () => {
    forAllTexts(text => {
      for (const run of Object.values(everything)) run(text)
    })
  })

  it('takes every naughty string without throwing', function () {
    if (!existsSync(naughtyStrings)) cannotRun(this, 'naughty strings', `put them into ${naughtyStrings}`)
    const strings = JSON.parse(readFileSync(naughtyStrings, 'utf8')) as string[]
    expect(strings.length).to.be.above(500)
    for (const text of strings) for (const run of Object.values(everything)) run(text)
  })

  it('answers the same when asked again', () => {
    forAllTexts(text => {
      for (const run of Object.values(everything)) expect(run(text)).to.deep.equal(run(text))
    })
  })
})
