import {expect} from 'chai'

import {postDate, type NaiveDates} from '#src/adapters/sources/formats/post-date.js'
import {ZoneOffsets} from '#src/domain/zone-offsets.js'

describe('postDate', () => {
  for (const [text, moment] of [
    ['2024-12-04T09:00:28+00:00', '2024-12-04T09:00:28Z'],
    ['2024-12-04 09:00:28+00:00', '2024-12-04T09:00:28Z'],
    ['2024-12-04T12:00:28+03:00', '2024-12-04T09:00:28Z'],
    ['2024-12-04T12:00:28+0300', '2024-12-04T09:00:28Z'],
    ['2024-12-04T09:00:28.123456Z', '2024-12-04T09:00:28.123Z'],
    ['2024-12-04T09:00Z', '2024-12-04T09:00:00Z'],
    ['2024-02-29T23:59:59-05:00', '2024-03-01T04:59:59Z'],
    ['1733302828', '2024-12-04T09:00:28Z'],
    ['1733302828.0', '2024-12-04T09:00:28Z'],
    ['1733302828000', '2024-12-04T09:00:28Z'],
    ['2024-12-04 12:00:28+03', '2024-12-04T09:00:28Z'],
    ['2024-12-04 12:00:28.5 UTC+03:00', '2024-12-04T09:00:28.500Z'],
    ['2024-12-04 12:00:28 +0300 MSK', '2024-12-04T09:00:28Z'],
    ['2024-12-04 09:00:28 UTC', '2024-12-04T09:00:28Z'],
    ['04.12.2024 12:00:28 UTC+03:00', '2024-12-04T09:00:28Z'],
    ['4.12.2024, 9:00 UTC', '2024-12-04T09:00:00Z'],
    ['Wed, 04 Dec 2024 09:00:28 GMT', '2024-12-04T09:00:28Z'],
  ] as const)
    it(`reads ${text}`, () => {
      expect(postDate(text, 'date', {clock: undefined}).getTime()).to.equal(Date.parse(moment))
    })

  for (const value of [
    1733302828,
    1733302828000,
    new Date('2024-12-04T09:00:28Z'),
    {$date: '2024-12-04T09:00:28Z'},
    {$date: {$numberLong: '1733302828000'}},
    {$numberInt: '1733302828'},
    {$numberDouble: '1733302828.0'},
  ])
    it(`reads ${JSON.stringify(value)}: seconds, milliseconds, dates, and Extended JSON of them`, () => {
      expect(postDate(value, 'date', {clock: undefined})).to.deep.equal(new Date('2024-12-04T09:00:28Z'))
    })

  it('takes a date without a time for the beginning of that day in the calendar, and counts it', () => {
    const assumed = {naiveDates: 0, datesWithoutTime: 0}
    const naive: NaiveDates = {clock: 'utc', calendar: new ZoneOffsets('Europe/Moscow'), assumed}
    expect(postDate('2024-12-04', 'date', naive).toISOString()).to.equal('2024-12-03T21:00:00.000Z')
    expect(postDate('04.12.2024', 'date', {clock: 'utc'}).toISOString()).to.equal('2024-12-04T00:00:00.000Z')
    expect(assumed).to.deep.equal({naiveDates: 0, datesWithoutTime: 1})
  })

  for (const value of [
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-12-04T24:00:00Z',
    '2024-12-04T09:60:00Z',
    '2024-12-04T09:00:60Z',
    '2024-12-04T09:00:28+25:00',
    '2024-12-04 12:00:28 MSK',
    '31.11.2024 09:00',
    '12/04/2024 09:00',
    '17333028x',
    'вчера',
    '',
    null,
    undefined,
    true,
    {},
    [],
    Number.NaN,
  ])
    it(`refuses ${JSON.stringify(value) ?? 'undefined'}, which is no date`, () => {
      expect(() => postDate(value, 'date', {clock: 'utc'})).to.throw(/^"date" is .*, not a date$/u)
    })

  for (const value of [
    0,
    -1,
    1e300,
    Infinity,
    17333028280000,
    '1376438399',
    4_102_444_800,
    '2013-08-13T23:59:59Z',
    '2100-01-01T00:00:00Z',
  ])
    it(`refuses ${value}, before Telegram or too far ahead`, () => {
      expect(() => postDate(value, 'date', {clock: 'utc'})).to.throw(/not between Telegram's opening in 2013 and 2100/u)
    })

  describe('without an offset', () => {
    it('refuses, unless it is told what the clock was', () => {
      expect(() => wall('2024-12-04T09:00:28', undefined)).to.throw(/has no UTC offset/u)
    })

    it('takes the clock for UTC or for that of a zone', () => {
      expect(wall('2024-12-04T09:00:28', 'utc')).to.equal('2024-12-04T09:00:28.000Z')
      expect(wall('2024-12-04 09:00', new ZoneOffsets('Europe/Moscow'))).to.equal('2024-12-04T06:00:00.000Z')
    })

    it('knows the clock changes of a zone', () => {
      const berlin = new ZoneOffsets('Europe/Berlin')
      expect(wall('2024-03-31T01:59:59', berlin)).to.equal('2024-03-31T00:59:59.000Z')
      expect(wall('2024-03-31T03:00:00', berlin)).to.equal('2024-03-31T01:00:00.000Z')
      expect(wall('2024-10-27T03:00:00', berlin)).to.equal('2024-10-27T02:00:00.000Z')
    })
  })
})

function wall(text: string, clock: NaiveDates['clock']): string {
  return postDate(text, 'date', {clock}).toISOString()
}
