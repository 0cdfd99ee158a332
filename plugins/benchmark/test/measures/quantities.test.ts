import {expect} from 'chai'
import * as fc from 'fast-check'

import {extractQuantities, quantityEvidence} from '#src/measures/quantities.js'

const firstReadings = (text: string) => extractQuantities(text).map(({readings}) => readings[0])
const readings = (text: string) => extractQuantities(text).flatMap(quantity => quantity.readings)

describe('number normalisation', () => {
  const same: [string, string[]][] = [
    ['number:5500', ['5,5 тыс.', '5,5 тысячи', '5 500', '5\u00A0500', '5\u202F500', '5500', '5.5 тыс', '5,5 ТЫС.']],
    ['number:1000000', ['1 млн', '1 000 000', '1 миллион', '1,000,000', '1.000.000', '1000 тысяч', '1-миллионный']],
    ['number:2500000000', ['2,5 млрд', '2,5 миллиарда', '2 500 млн']],
    ['number:1000000000000', ['1 трлн', '1 триллион']],
    ['number:-5', ['минус 5 градусов', '-5 °C', '−5 °C', '(–5)']],
    [
      'percent:12.5',
      ['12,5 %', '12,5%', '12.5 процента', '12,5 процентов', 'на 12,5 п.п.', 'на 12,5 процентных пункта'],
    ],
    [
      'date:2024-11-05',
      [
        '5 ноября 2024',
        '5 ноября 2024 года',
        '05.11.2024',
        '5.11.2024',
        '05.11.24',
        '2024-11-05',
        '5-го ноября 2024',
        '5/11/2024',
        '5 нояб. 2024',
      ],
    ],
    ['date:--11-05', ['5 ноября', '5-го ноября', '5 НОЯБРЯ', '5 ноя.']],
    ['month:2024-11', ['в ноябре 2024 года', 'ноябрь 2024']],
    ['time:9:30', ['9:30', '09:30', '09:30:15']],
    ['version:3.12.1', ['Python 3.12.1']],
    ['number:2024', ['в 2024 году', '2024-й']],
    ['number:100', ['100км', '№100', '100-летний']],
  ]

  for (const [key, spellings] of same) {
    it(`reads ${spellings.map(spelling => `«${spelling}»`).join(', ')} as ${key}`, () => {
      for (const spelling of spellings) {
        expect(firstReadings(spelling), spelling).to.deep.equal([key])
        expect(firstReadings(`Было ${spelling}, стало лучше.`), `within a sentence: ${spelling}`).to.deep.equal([key])
      }
    })
  }

  it('gives both ends of a range the unit of the second', () => {
    expect(readings('2,5–3 млн')).to.deep.equal(['number:2500000', 'number:2.5', 'number:3000000'])
    expect(readings('от 10 до 15 %')).to.deep.equal(['percent:10', 'number:10', 'percent:15'])
    expect(readings('от 10 до 15 человек')).to.deep.equal(['number:10', 'number:15'])
  })

  it('finds both days of a span of days', () => {
    expect(firstReadings('5–7 ноября 2024')).to.deep.equal(['date:2024-11-05', 'date:2024-11-07'])
    expect(firstReadings('с 5 по 7 ноября')).to.deep.equal(['date:--11-05', 'date:--11-07'])
    expect(firstReadings('с 28 октября по 3 ноября')).to.deep.equal(['date:--10-28', 'date:--11-03'])
  })

  it('keeps every meaning of an ambiguous spelling', () => {
    expect(readings('1,000')).to.deep.equal(['number:1', 'number:1000'])
    expect(readings('12.30')).to.deep.equal(['number:12.3', 'time:12:30'])
    expect(readings('05.11')).to.deep.equal(['number:5.11', 'time:5:11', 'date:--11-05'])
    expect(readings('10к')).to.deep.equal(['number:10000', 'number:10'])
  })

  it('leaves out digits of names, addresses and tags', () => {
    const text = 'GPT-4, A100, COVID-19, user_5, https://t.me/news/123, a.b1@mail2.ru, @user5, #итоги2024, t.me/abc/77'
    expect(extractQuantities(text)).to.deep.equal([])
  })

  it('does not take a date for real that no calendar has', () => {
    expect(firstReadings('31.02.2024')).to.deep.equal(['version:31.02.2024'])
    expect(firstReadings('0 ноября, 00.11.2024')).to.deep.equal(['number:0', 'version:00.11.2024'])
    expect(firstReadings('29 февраля 2023')).to.deep.equal(['number:29', 'month:2023-02'])
    expect(firstReadings('29 февраля 2024')).to.deep.equal(['date:2024-02-29'])
  })

  it('does not take the beginning of another word for a unit', () => {
    expect(firstReadings('2 тысячелетия')).to.deep.equal(['number:2'])
    expect(firstReadings('5 марок')).to.deep.equal(['number:5'])
    expect(firstReadings('5 миллиметров')).to.deep.equal(['number:5'])
  })

  it('says where each quantity stands', () => {
    const text = 'До 05.11.2024 — 5,5 тыс. руб.'
    for (const {start, end, text: written} of extractQuantities(text)) expect(text.slice(start, end)).to.equal(written)
    expect(extractQuantities(text).map(quantity => quantity.text)).to.deep.equal(['05.11.2024', '5,5 тыс.'])
  })

  it('finds quantities in order, apart from each other, in any text', () => {
    const unit = fc.constantFrom(
      '1',
      '5',
      '0',
      '.',
      ',',
      ' ',
      ':',
      '-',
      '–',
      '%',
      ' тыс.',
      ' млн',
      ' ноября',
      ' 2024',
      'а',
      '\n',
    )
    fc.assert(
      fc.property(fc.string({unit, maxLength: 40}), text => {
        let previous = 0
        for (const {start, end, text: written, readings} of extractQuantities(text)) {
          expect(start).to.be.at.least(previous)
          expect(text.slice(start, end)).to.equal(written)
          expect(readings).to.not.be.empty
          previous = end
        }
      }),
      {numRuns: 500},
    )
  })

  it('reads a whole number the same however its thousands are written', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 999_999_999}), number => {
        const grouped = number.toLocaleString('ru-RU')
        expect(firstReadings(`около ${grouped} человек`)).to.deep.equal([`number:${number}`])
      }),
    )
  })
})

describe('quantity evidence', () => {
  it('knows what a full date implies', () => {
    expect([...quantityEvidence('05.11.2024')]).to.have.members([
      'date:2024-11-05',
      'month:2024-11',
      'number:2024',
      'date:--11-05',
    ])
  })

  it('reads numbers in words', () => {
    const cases: [string, number[]][] = [
      ['двадцать пять тысяч триста человек', [25_300]],
      ['полтора миллиона', [1_500_000]],
      ['погибли трое, ранены двенадцать', [3, 12]],
      ['сто двадцать', [120]],
      ['пять, двадцать', [5, 20]],
      ['пять двадцать', [5, 20]],
      ['миллион двести тысяч', [1_200_000]],
      ['тысяча миллионов', [1000, 1_000_000]],
      ['двумястами сорока восемью рублями', [248]],
      ['пятьюдесятью', [50]],
      ['четырёх', [4]],
      ['пятый столб, стол и семья', []],
    ]
    for (const [text, numbers] of cases) {
      expect([...quantityEvidence(text)], text).to.have.members(numbers.map(number => `number:${number}`))
    }
  })
})
