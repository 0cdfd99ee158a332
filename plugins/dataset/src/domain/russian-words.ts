const MONTHS = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')
const WEEKDAYS = 'воскресенье понедельник вторник среда четверг пятница суббота'.split(' ')

/** A calendar day in words: `11 ноября 2024 года, понедельник`. From tables, so that no ICU version changes it. */
export function dayInWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} года, ${WEEKDAYS[date.getUTCDay()]}`
}

/** A number with its noun: `counted(2, ['пост', 'поста', 'постов'])` is `2 поста`. */
export function counted(amount: number, [one, few, many]: readonly [string, string, string]): string {
  const lastTwo = amount % 100
  const last = amount % 10
  if (last === 1 && lastTwo !== 11) return `${amount} ${one}`
  return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? `${amount} ${few}` : `${amount} ${many}`
}

export const POSTS = ['пост', 'поста', 'постов'] as const
