import {addDecimals, decimalToNumber, formatDecimal, toDecimal} from '#src/telemetry/exact-decimal.js'
import {expect} from 'chai'
import * as fc from 'fast-check'

const sum = (values: readonly (number | string)[]) =>
  values.map(value => toDecimal(value)).reduce(addDecimals, toDecimal(0))
const finite = fc.double({noNaN: true, noDefaultInfinity: true})

describe('exact decimals', () => {
  it('adds tenths as people do', () => {
    expect(formatDecimal(sum([0.1, 0.2]))).to.equal('0.3')
    expect(formatDecimal(sum(Array.from({length: 10}, () => 0.1)))).to.equal('1')
    expect(0.1 + 0.2).to.not.equal(0.3)
  })

  it('keeps whole numbers whole, also beyond what a number can hold', () => {
    expect(formatDecimal(sum([Number.MAX_SAFE_INTEGER, 1, 1]))).to.equal('9007199254740993')
  })

  it('reads exponents and writes plain digits', () => {
    expect(formatDecimal(toDecimal(1.5e-9))).to.equal('0.0000000015')
    expect(formatDecimal(toDecimal(1e21))).to.equal('1000000000000000000000')
    expect(formatDecimal(toDecimal(-2.5e3))).to.equal('-2500')
    expect(formatDecimal(toDecimal(Number.MIN_VALUE))).to.match(/^0\.0{323}5$/u)
  })

  it('refuses what is no finite number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '', 'x', '1.', '.5', '0x10'])
      expect(() => toDecimal(value), String(value)).to.throw(RangeError)
  })

  it('gives every number back unchanged', () => {
    fc.assert(fc.property(finite, value => decimalToNumber(toDecimal(value)) === (value === 0 ? 0 : value)))
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const total = sum([a, b])
        expect(formatDecimal(toDecimal(formatDecimal(total)))).to.equal(formatDecimal(total))
      }),
    )
  })

  it('gives the same sum in any order', () => {
    fc.assert(
      fc.property(fc.array(finite, {maxLength: 20}), values => {
        expect(formatDecimal(sum(values))).to.equal(formatDecimal(sum(values.toReversed())))
      }),
    )
  })

  it('never falls, as a number, when something is added', () => {
    fc.assert(
      fc.property(fc.array(fc.double({noNaN: true, min: 0, max: 1e12}), {minLength: 1, maxLength: 30}), values => {
        const totals = values.map((_, index) => decimalToNumber(sum(values.slice(0, index + 1))))
        for (const [index, total] of totals.entries()) expect(total).to.be.at.least(totals[index - 1] ?? 0)
      }),
    )
  })
})
