import {
  boundsText,
  fixedText,
  intervalText,
  millisecondsText,
  minuteText,
  numberText,
  percentText,
  probabilityText,
  signedText,
} from '#src/number-text.js'
import {expect} from 'chai'

describe('the text of numbers', () => {
  it('has the decimals that the size of the number deserves', () => {
    expect([0, 0.8125, 9.9996, 12.34, -12.34, 0.000123, 1e-9].map(numberText)).to.deep.equal([
      '0.000',
      '0.813',
      '10.000',
      '12.3',
      '-12.3',
      '0.00012',
      '1e-9',
    ])
    expect([null, undefined].map(numberText)).to.deep.equal(['—', '—'])
  })

  it('has a sign in differences, a true minus', () => {
    expect([0.25, -0.25, 0, null].map(value => signedText(value))).to.deep.equal(['+0.250', '−0.250', '0.000', '—'])
    expect([0.25, -0.25, 0].map(value => signedText(value, fixedText))).to.deep.equal(['+0.2500', '−0.2500', '0.0000'])
  })

  it('has bounds where there are any', () => {
    expect(boundsText({low: 0.1, high: 0.2})).to.equal('0.100 … 0.200')
    expect(boundsText({low: -0.1, high: null}, signedText)).to.equal('−0.100 … —')
    expect(boundsText({low: null, high: null})).to.equal('—')
  })

  it('has four digits in lines for terminals and CI', () => {
    expect(intervalText({estimate: 0.71342, low: 0.7, high: 1234.56, method: 't'})).to.equal('0.7134 [0.7, 1235]')
    expect(intervalText({estimate: 0.5, low: 0.5, high: 0.5, method: 'exact'})).to.equal('0.5')
    expect(intervalText({estimate: null, low: null, high: null, method: 't'})).to.equal('—')
  })

  it('has no exponent in milliseconds', () => {
    expect([0.0000012, 0.01234, 4321.9].map(millisecondsText)).to.deep.equal(['0.0012', '12.3', '4320000'])
  })

  it('is short for probabilities, shares and moments', () => {
    expect([0.0001, 0.05].map(probabilityText)).to.deep.equal(['< 0.001', '0.050'])
    expect(percentText(0.1234)).to.equal('12.3 %')
    expect(percentText(0.1234, 0)).to.equal('12 %')
    expect(minuteText('2026-11-23T04:05:06.789Z')).to.equal('2026-11-23 04:05')
  })
})
