type Groups = Record<string, string | undefined>

const MONTH =
  '(?<month>январ[а-яё]{1,2}|феврал[а-яё]{1,2}|март[а-яё]{0,2}|апрел[а-яё]{1,2}|ма[йяею]|июн[а-яё]{1,2}|июл[а-яё]{1,2}|' +
  'август[а-яё]{0,2}|сентябр[а-яё]{1,2}|октябр[а-яё]{1,2}|ноябр[а-яё]{1,2}|декабр[а-яё]{1,2}|' +
  '(?:янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек)\\.?)(?!\\p{L})'
const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const DAY = '(?<day>\\d{1,2})(?:-?го|-е)?'
const MONTH_AND_YEAR = `\\s+${MONTH}(?:\\s+(?<year>\\d{4})(?!\\d))?`
/** Between the days of `5–7 ноября`, `с 5 по 7 ноября` and `в ночь с 5 на 6 ноября`. */
const TO = '(?:\\s*[–—-]\\s*|\\s+(?:по|и|на)\\s+)'
const ALONE = {before: '(?<![\\p{L}\\d]|\\d[.,:/-])', after: '(?!\\d|[.,:/-]\\d)'}

/** Tried in this order; what one form has taken the next does not see. */
const FORMS: {pattern: RegExp; readings: (groups: Groups) => string[]}[] = [
  {pattern: alone('(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})'), readings: fullDate},
  {pattern: alone('(?<day>\\d{1,2})[./](?<month>\\d{1,2})[./](?<year>\\d{4})'), readings: fullDate},
  {pattern: alone('(?<day>\\d{2})\\.(?<month>\\d{2})\\.(?<year>\\d{2})'), readings: fullDate},
  {
    pattern: new RegExp(`${ALONE.before}${DAY}(?=${TO}\\d{1,2}(?:-?го)?${MONTH_AND_YEAR})`, 'giu'),
    readings: dayOfMonth,
  },
  {pattern: new RegExp(`${ALONE.before}${DAY}${MONTH_AND_YEAR}`, 'giu'), readings: dayOfMonth},
  {pattern: new RegExp(`(?<!\\p{L})${MONTH}\\s+(?<year>\\d{4})(?!\\d)`, 'giu'), readings: monthOfYear},
  {pattern: alone('(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)(?::[0-5]\\d)?'), readings: timeOfDay},
]

/** Dates, months of a year and times of day. A form that is no real date (`31.02.2024`) is left to other searches. */
export function findDates(text: string): Quantity[] {
  const found: Quantity[] = []
  let rest = text
  for (const {pattern, readings} of FORMS) {
    const fresh = [...rest.matchAll(pattern)]
      .map(match => toQuantity(match, readings(match.groups ?? {})))
      .filter(quantity => quantity.readings.length > 0)
    found.push(...fresh)
    rest = blankOut(rest, fresh)
  }
  return found
}

/** What else is true when this date is: `date:2024-11-05` implies its month, its year and `date:--11-05`. */
export function impliedByDate(reading: string): string[] {
  const [, year, month, day] = /^(?:date|month):(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(reading) ?? []
  if (year === undefined) return []
  const ofYear = [`month:${year}-${month}`, `number:${Number(year)}`]
  return day === undefined ? ofYear : [...ofYear, `date:--${month}-${day}`]
}

/** `date:--MM-DD` of a day and month, none when there is no such day in any year. */
export function dateWithoutYear(day: number, month: number): string[] {
  return isDay(2024, month, day) ? [`date:--${two(month)}-${two(day)}`] : []
}

function fullDate({year = '', month, day}: Groups): string[] {
  const [y, m, d] = [year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day)]
  return isDay(y, m, d) ? [`date:${y}-${two(m)}-${two(d)}`] : []
}

function dayOfMonth({day, month = '', year}: Groups): string[] {
  const number = monthNumber(month)
  return year === undefined ? dateWithoutYear(Number(day), number) : fullDate({year, month: String(number), day})
}

function monthOfYear({month = '', year}: Groups): string[] {
  return [`month:${year}-${two(monthNumber(month))}`]
}

function timeOfDay({hour, minute}: Groups): string[] {
  return [`time:${Number(hour)}:${minute}`]
}

function monthNumber(name: string): number {
  return MONTHS.findIndex(start => name.toLowerCase().startsWith(start)) + 1
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function alone(pattern: string): RegExp {
  return new RegExp(ALONE.before + pattern + ALONE.after, 'gu')
}

function toQuantity(match: RegExpExecArray, readings: string[]): Quantity {
  return {text: match[0], start: match.index, end: match.index + match[0].length, readings}
}

/** A number, share, date or time of day written with digits somewhere in a text. */
export interface Quantity {
  text: string
  /** UTF-16 offsets in the text it was found in. */
  start: number
  end: number
  /**
   * What it may mean, the likeliest first: `number:5500`, `percent:12.5`, `date:2024-11-05`, `date:--11-05` (no year),
   * `month:2024-11`, `time:12:30`, `version:3.12.1`. More than one where the spelling is ambiguous: `1,000`, `2–3 млн`.
   */
  readings: string[]
}

/** Overwrites spans, which must not overlap, by spaces of equal length, so that later searches skip them and offsets stay true. */
export function blankOut(text: string, spans: readonly {start: number; end: number}[]): string {
  let [rest, done] = ['', 0]
  for (const {start, end} of spans.toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(done, start) + ' '.repeat(end - start)
    done = end
  }
  return rest + text.slice(done)
}
