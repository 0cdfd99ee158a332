import {expect} from 'chai'

import {faithfulness} from '#src/measures/facts.js'
import {extractQuantities, quantityEvidence} from '#src/measures/quantities.js'

const check = (summary: string, source: string) => faithfulness(extractQuantities(summary), quantityEvidence(source))

describe('faithfulness', () => {
  it('supports a number whatever its spelling', () => {
    const {precision} = check(
      'Выручка — 5500 руб., рост 12,5%, 5 ноября.',
      'Выручка 5,5 тыс. руб. (+12,5 %), 05.11.2024',
    )
    expect(precision).to.equal(1)
  })

  it('catches an invented number and names it', () => {
    const {precision, supported, total, unsupported} = check('Пострадали 7 из 30 человек', 'Пострадали семь человек')
    expect({precision, supported, total}).to.deep.equal({precision: 0.5, supported: 1, total: 2})
    expect(unsupported.map(claim => claim.text)).to.deep.equal(['30'])
  })

  it('tells a percentage from a number', () => {
    expect(check('рост на 5 %', 'рост на 5 пунктов').precision).to.equal(0)
  })

  it('does not let a source without a year vouch for one', () => {
    expect(check('5 ноября 2024', '5 ноября').precision).to.equal(0)
  })

  it('is unmeasured when the summary claims nothing: neither 1 nor 0', () => {
    expect(check('Ничего не случилось', '5 человек').precision).to.equal(undefined)
  })

  it('takes names and addresses as well', () => {
    const claims = [
      {text: 'Москва', readings: ['москв']},
      {text: 'Тверь', readings: ['твер']},
    ]
    expect(faithfulness(claims, new Set(['москв'])).precision).to.equal(0.5)
  })
})
