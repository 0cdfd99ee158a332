/** Stems of Russian cardinal numbers with their value, each followed by the endings of its cases; `ё` is read as `е`. */
const WORDS: [value: number, pattern: string][] = [
  [1, 'од(?:ин|на|но|ни|ного|ной|ному|ну|ним|ном|них|ними)'],
  [2, 'дв(?:а|е|ух|ум|умя|ое|оих)|об(?:а|е)'],
  [3, 'тр(?:и|ех|ем|емя|ое|оих)'],
  [4, 'четыр(?:е|ех|ем|ьмя)|четвер(?:о|ых)'],
  [5, 'пят(?:ь|и|ью|еро|ерых)'],
  [6, 'шест(?:ь|и|ью|еро|ерых)'],
  [7, 'сем(?:ь|и|ью|еро|ерых)'],
  [8, 'вос(?:емь|ьми|емью|ьмью|ьмеро)'],
  [9, 'девят(?:ь|и|ью|еро)'],
  [10, 'десят(?:ь|и|ью|еро)'],
  [11, 'одиннадцат(?:ь|и|ью)'],
  [12, 'двенадцат(?:ь|и|ью)'],
  [13, 'тринадцат(?:ь|и|ью)'],
  [14, 'четырнадцат(?:ь|и|ью)'],
  [15, 'пятнадцат(?:ь|и|ью)'],
  [16, 'шестнадцат(?:ь|и|ью)'],
  [17, 'семнадцат(?:ь|и|ью)'],
  [18, 'восемнадцат(?:ь|и|ью)'],
  [19, 'девятнадцат(?:ь|и|ью)'],
  [20, 'двадцат(?:ь|и|ью)'],
  [30, 'тридцат(?:ь|и|ью)'],
  [40, 'сорока?'],
  [50, 'пят(?:ь|и|ью)десят[иь]?ю?'],
  [60, 'шест(?:ь|и|ью)десят[иь]?ю?'],
  [70, 'сем(?:ь|и|ью)десят[иь]?ю?'],
  [80, 'вос(?:емь|ьми|емью)десят[иь]?ю?'],
  [90, 'девяност[оа]'],
  [100, 'ст[оа]'],
  [200, 'двести|двухсот|двумстам|двумястами|двухстах'],
  [300, 'триста|трехсот|тремстам|тремястами|трехстах'],
  [400, 'четыреста|четырехсот|четыремстам|четырьмястами|четырехстах'],
  [500, 'пят(?:ь|и|ью)(?:сот|стам|стами|стах)'],
  [600, 'шест(?:ь|и|ью)(?:сот|стам|стами|стах)'],
  [700, 'сем(?:ь|и|ью)(?:сот|стам|стами|стах)'],
  [800, 'вос(?:емь|ьми|емью)(?:сот|стам|стами|стах)'],
  [900, 'девят(?:ь|и|ью)(?:сот|стам|стами|стах)'],
  [1.5, 'полтор[аы]|полутора'],
]
const MULTIPLIERS: [value: number, pattern: string][] = [
  [1e3, 'тысяч(?:а|и|у|е|ей|ам|ами|ах)?'],
  [1e6, 'миллион(?:а|ы|ов|у|ом|е|ам|ами|ах)?'],
  [1e9, 'миллиард(?:а|ы|ов|у|ом|е|ам|ами|ах)?'],
]
const CARDINALS = WORDS.map(([value, pattern]) => ({value, pattern: new RegExp(`^(?:${pattern})$`, 'u')}))
const SCALES = MULTIPLIERS.map(([value, pattern]) => ({value, pattern: new RegExp(`^(?:${pattern})$`, 'u')}))

/** Most words are no numbers: one look at their first letters spares the forty patterns. */
const FIRST_LETTERS = /^(?:д[ве]|од|об|тр|че|пя|по|ше|се|со|во|ст|ты|ми)/u

/** A number that is being read: finished thousands and the part below the next multiplier. */
interface Reading {
  finished: number
  open: number
  /** The last multiplier read: the next one must be smaller. */
  scale: number
  words: number
}

const NOTHING: Reading = {finished: 0, open: 0, scale: Infinity, words: 0}

/**
 * Keys `number:25000` of the numbers that a Russian text spells out. Use them as evidence only: `один из` is no claim about 1,
 * and ordinal numbers are not read.
 */
export function spelledNumbers(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d]+|[^\s\p{L}\d]/gu) ?? []
  const found: number[] = []
  let reading = NOTHING
  for (const word of [...words, '.']) {
    const next = readOn(reading, word)
    if (reading.words > 0 && next.words <= reading.words) found.push(reading.finished + reading.open)
    reading = next
  }
  return found.map(value => `number:${value}`)
}

function readOn(reading: Reading, word: string): Reading {
  if (!FIRST_LETTERS.test(word)) return NOTHING
  const scale = SCALES.find(({pattern}) => pattern.test(word))?.value
  if (scale !== undefined) return scale < reading.scale ? multiplied(reading, scale) : multiplied(NOTHING, scale)
  const value = CARDINALS.find(({pattern}) => pattern.test(word))?.value
  if (value === undefined) return NOTHING
  if (!joins(reading.open, value)) return {...NOTHING, open: value, words: 1}
  return {...reading, open: reading.open + value, words: reading.words + 1}
}

function multiplied({finished, open, words}: Reading, scale: number): Reading {
  return {finished: finished + (open || 1) * scale, open: 0, scale, words: words + 1}
}

/** A cardinal joins only below the one before it: «двадцать пять» is one number, «пять двадцать» are two. */
function joins(open: number, value: number): boolean {
  if (open === 0) return true
  if (open % 100 === 0) return value < 100
  return open % 10 === 0 && open % 100 !== 10 && value < 10
}
