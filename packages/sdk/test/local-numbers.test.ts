import {expect} from 'chai'
import * as fc from 'fast-check'
import {localNumbers, numbersMessage} from '#src/local-numbers.js'

describe('numbers that people read', () => {
  it('are those of Intl in both languages, whatever their size', () => {
    const decimals = fc.tuple(fc.bigInt(0n, 10n ** 21n), fc.integer({min: 0, max: 6}))
    fc.assert(
      fc.property(decimals, fc.constantFrom('ru' as const, 'en' as const), ([whole, digits], language) => {
        const text = digits === 0 ? String(whole) : `${whole}.${'7'.repeat(digits)}`
        const format = new Intl.NumberFormat(language, {minimumFractionDigits: digits, maximumFractionDigits: digits})
        // As text it keeps digits that a double would round.
        expect(localNumbers(text, language)).to.equal(format.format(text as Intl.StringNumericLiteral))
      }),
    )
  })

  const TOLD: [text: string, russian: string, english: string][] = [
    ['0.690 [0.680, 0.699]', '0,690 [0,680; 0,699]', '0.690 [0.680, 0.699]'],
    ['−0.004 … +0.004', '−0,004 … +0,004', '−0.004 … +0.004'],
    ['12345.5 ms', '12\u{a0}345,5 ms', '12,345.5 ms'],
    ['-', '-', '-'],
    ['±0.02: 60', '±0,02: 60', '±0.02: 60'],
    ['2024-11-04 12:30:00.5', '2024-11-04 12:30:00.5', '2024-11-04 12:30:00.5'],
    ['20261128T200059Z-0cd1293195ab', '20261128T200059Z-0cd1293195ab', '20261128T200059Z-0cd1293195ab'],
    ['ep23 0.1.0, qwen2.5:7b, gpt-4.1, 127.0.0.1:9090', 'ep23 0.1.0, qwen2.5:7b, gpt-4.1, 127.0.0.1:9090', ''],
  ]
  for (const [text, russian, english] of TOLD)
    it(`leaves names alone: ${text}`, async () => {
      expect(localNumbers(text, 'ru')).to.equal(russian)
      expect(await numbersMessage(text).in('ru')).to.equal(russian)
      expect(localNumbers(text, 'en')).to.equal(english || text)
      expect(JSON.stringify(numbersMessage(text))).to.equal(JSON.stringify(text))
    })
})
