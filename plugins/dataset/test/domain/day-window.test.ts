import {expect} from 'chai'

import {dayOf, dayWindow, endOfDay, followingDay, startOfDay} from '#src/domain/day-window.js'

const HOUR = 3_600_000
// en-CA writes the date as YYYY-MM-DD: an independent reading of the same clocks.
const formats = new Map<string, Intl.DateTimeFormat>()
function dayByIntl(time: number, zone: string): string {
  let format = formats.get(zone)
  if (!format)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-CA', {timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit'})),
    )
  return format.format(time)
}

function hoursInBerlin(day: string): number {
  return (endOfDay(day, 'Europe/Berlin').getTime() + 1 - startOfDay(day, 'Europe/Berlin').getTime()) / HOUR
}

function expectUsageError(work: () => unknown): void {
  expect(work).to.throw().with.property('exit', 64)
}

describe('day-window', () => {
  it('puts a Moscow evening post on its local day', () => {
    expect(dayOf(new Date('2024-11-10T20:59:59.999Z'), 'Europe/Moscow')).to.equal('2024-11-10')
    expect(dayOf(new Date('2024-11-10T21:00:00Z'), 'Europe/Moscow')).to.equal('2024-11-11')
  })

  it('agrees with Intl on the half-hours of three years in zones that change their clocks in unusual ways', () => {
    const unusual = [
      'Europe/Moscow',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Apia',
      'America/Havana',
      'Asia/Kathmandu',
    ]
    for (const zone of unusual)
      for (let time = Date.UTC(2016, 8, 1); time < Date.UTC(2019, 8, 1); time += 7.5 * HOUR)
        expect(dayOf(new Date(time), zone), `${zone} ${new Date(time).toISOString()}`).to.equal(dayByIntl(time, zone))
  })

  it('agrees with Intl in every zone of the database', () => {
    for (const zone of Intl.supportedValuesOf('timeZone'))
      for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2025, 0, 1); time += 61 * HOUR)
        expect(dayOf(new Date(time), zone), `${zone} ${new Date(time).toISOString()}`).to.equal(dayByIntl(time, zone))
  })

  it('begins and ends every day where Intl changes the date, in every zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone'))
      for (const day of ['2024-02-29', '2024-03-10', '2024-03-31', '2024-10-27', '2024-11-03', '2018-11-04']) {
        const start = startOfDay(day, zone).getTime()
        const end = endOfDay(day, zone).getTime()
        expect(dayByIntl(start, zone), `start in ${zone}`).to.equal(day)
        expect(dayByIntl(start - 1, zone) < day, `before the start in ${zone}`).to.equal(true)
        expect(dayByIntl(end, zone), `end in ${zone}`).to.equal(day)
        expect(dayByIntl(end + 1, zone), `after the end in ${zone}`).to.equal(followingDay(day))
      }
  })

  it('starts a day at one o’clock where clocks jump over midnight', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).to.equal('2018-11-04T03:00:00.000Z')
    expect(startOfDay('2022-03-27', 'Asia/Beirut').toISOString()).to.equal('2022-03-26T22:00:00.000Z')
  })

  it('gives days of 23 and 25 hours when summer time begins and ends', () => {
    expect(['2024-03-31', '2024-10-27', '2024-11-04'].map(hoursInBerlin)).to.deep.equal([23, 25, 24])
  })

  it('gives the day that Samoa left out no length', () => {
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).to.deep.equal(startOfDay('2011-12-31', 'Pacific/Apia'))
    expect(dayOf(endOfDay('2011-12-29', 'Pacific/Apia'), 'Pacific/Apia')).to.equal('2011-12-29')
  })

  it('lays out thirty days that end with the last one', () => {
    const window = dayWindow({until: '2024-12-03', days: 30, zone: 'Europe/Moscow'})
    expect(window.days).to.have.length(30)
    expect([window.days[0], window.days.at(-1)]).to.deep.equal(['2024-11-04', '2024-12-03'])
    expect(window.from.toISOString()).to.equal('2024-11-03T21:00:00.000Z')
    expect(window.to.toISOString()).to.equal('2024-12-03T21:00:00.000Z')
  })

  it('spells the zone as the database does', () => {
    expect(dayWindow({until: '2024-12-03', days: 1, zone: 'europe/moscow'}).zone).to.equal('Europe/Moscow')
  })

  it('refuses an unknown zone, a day that is not in the calendar and a window without days', () => {
    expectUsageError(() => dayOf(new Date(), 'Moscow/Europe'))
    expectUsageError(() => startOfDay('2024-02-30', 'UTC'))
    expectUsageError(() => startOfDay('tomorrow', 'UTC'))
    expectUsageError(() => dayWindow({until: '2024-12-03', days: 0, zone: 'UTC'}))
    expectUsageError(() => dayWindow({until: '2024-12-03', days: 1.5, zone: 'UTC'}))
  })

  it('refuses an invalid date', () => {
    expect(() => dayOf(new Date(Number.NaN), 'UTC'))
      .to.throw()
      .with.property('code', 'DATASET_BAD_DATE')
  })
})
