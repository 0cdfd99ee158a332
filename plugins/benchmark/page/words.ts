import {createContext} from 'preact'
import {useContext} from 'preact/hooks'

import {localizedName} from '../src/domain/messages/names.js'

export type Language = 'ru' | 'en'

/** What only the page says; names of scores, verdicts and origins are the domain's. */
const WORDS = {
  runs: ['Запуски', 'Runs'],
  trend: ['По дням', 'By day'],
  matrix: ['Кто лучше', 'Matrix'],
  filter: ['Найти: писатель, судья, набор, вердикт', 'Find: writer, judge, dataset, verdict'],
  finished: ['Закончен', 'Finished'],
  writer: ['Кто писал', 'Writer'],
  judge: ['Судья', 'Judge'],
  prompt: ['промпт', 'prompt'],
  verdict: ['Вердикт', 'Verdict'],
  score: ['Оценка', 'Score'],
  samples: ['Дайджесты', 'Digests'],
  days: ['Дни', 'Days'],
  cost: ['Цена', 'Cost'],
  unknown: ['не известна', 'unknown'],
  channel: ['Канал', 'Channel'],
  channels: ['Каналы', 'Channels'],
  all: ['все', 'all'],
  average: ['Среднее', 'Mean'],
  date: ['День', 'Day'],
  interval: ['от и до', 'interval'],
  gates: ['Пороги', 'Gates'],
  gate: ['Порог', 'Gate'],
  why: ['Почему', 'Why'],
  beginning: ['Начало', 'Beginning'],
  latency: ['Секунды', 'Seconds'],
  posts: ['Посты', 'Posts'],
  digest: ['Дайджест', 'Digest'],
  noBorders: [
    'Где кончается один пост и начинается другой, никто не сохранил: показан текст целиком.',
    'Nobody kept where one post ends and the next begins: the text is shown whole.',
  ],
  foreignLink: ['ссылка не на этот пост', 'links to no post of this day'],
  noLink: ['без ссылки', 'no link'],
  stated: ['Что утверждает дайджест', 'What the digest states'],
  inPosts: ['есть в постах', 'in the posts'],
  unsupported: ['в постах нет', 'not in the posts'],
  statements: ['Утверждения, проверенные по постам', 'Statements held against the posts'],
  contradicted: ['посты говорят иное', 'the posts say otherwise'],
  absent: ['в постах этого нет', 'not in the posts'],
  unproven: ['судья не доказал', 'the judge proved nothing'],
  mainNews: ['Главные новости постов', 'Main news of the posts'],
  told: ['есть в дайджесте', 'told'],
  notTold: ['в дайджесте нет', 'not told'],
  missing: ['Чего в дайджесте нет', 'What the digest lacks'],
  nothingMissing: ['Каждый пост отражён.', 'Every post is reflected.'],
  reasons: ['Что сказал судья', 'What the judge said'],
  truncated: ['Источник обрезан для судьи, знаков', 'The source was cut for the judge, characters'],
  others: ['Этот день в других запусках', 'This day in other runs'],
  compare: ['Сравнить', 'Compare'],
  equal: ['Тексты равны.', 'The texts are equal.'],
  only: ['убрано', 'removed'],
  added: ['добавлено', 'added'],
  unfinished: ['не закончен: benchmark:run --resume', 'unfinished: benchmark:run --resume'],
  damaged: ['повреждён', 'damaged'],
  nothing: [
    'Запусков нет. Первый: ep23 benchmark:run --scenario channel_digest_ru',
    'No runs yet. The first: ep23 benchmark:run --scenario channel_digest_ru',
  ],
  notFound: ['Такой страницы здесь нет', 'There is no such page'],
  noDay: ['Такого дня здесь нет', 'There is no such day'],
  noRun: ['Такого запуска или дайджеста здесь нет', 'There is no such run or digest'],
  allRuns: ['Все запуски', 'All runs'],
  wait: ['Читаю…', 'Reading…'],
  older: ['Дальше', 'Next'],
  newer: ['Назад', 'Back'],
  stopped_early: ['остановлен раньше', 'stopped early'],
  limited: ['не весь набор', 'part of the dataset'],
  dry_run: ['по сохранённым оценкам', 'stored scores'],
  baseline: ['эталон', 'baseline'],
  change: ['уровень изменился между', 'the level changed between'],
  judgeMark: ['с этого дня судья', 'judge from then on'],
  promptMark: ['с этого дня промпт', 'prompt from then on'],
  baselineMark: ['конец эталона', 'end of baseline'],
  adjusted: ['С поправкой на длину постов', 'Adjusted for the length of posts'],
  adjustedNote: [
    'Пунктир: каким было бы среднее при обычной длине постов канала',
    'Dotted: the mean, had the posts been as long as usual',
  ],
  newWriter: ['начал писать', 'began to write'],
  instrument: [
    'Линия — один судья с одним промптом. Оценки разных судей не соединяются.',
    'A line is one judge with one prompt. Scores of two judges are never joined.',
  ],
  hollow: ['Пустая точка — запуск по части набора.', 'A hollow point is a run over a part of the dataset.'],
  same: ['не различить', 'cannot be told apart'],
  best: ['лучше остальных', 'better than the others'],
  worse: ['хуже лучшего', 'worse than the best'],
  uncompared: ['не с кем сравнить', 'not compared'],
  shared: ['общих дайджестов', 'shared digests'],
  anew: ['написано заново', 'written anew'],
  matrixNote: [
    'Писатели по судьям, каждый в новейшем полном запуске. Разница — с поправкой Холма на всю таблицу.',
    'Writers by judges, each in its newest whole run. Differences are adjusted by Holm over the whole table.',
  ],
  keys: [
    'j k — дайджесты, [ ] — запуски, d — сравнить, / — найти, ? — подсказка',
    'j k digests, [ ] runs, d compare, / find, ? this help',
  ],
  language: ['Язык', 'Language'],
  theme: ['Тема', 'Theme'],
  light: ['светлая', 'light'],
  dark: ['тёмная', 'dark'],
  auto: ['как в системе', 'as the system'],
} as const satisfies Record<string, readonly [ru: string, en: string]>

export type Word = keyof typeof WORDS

export const LanguageContext = createContext<Language>('ru')

export interface Speech {
  language: Language
  say: (word: string) => string
  /** A number with so many decimals; a dash for none. */
  number: (value: number | null | undefined, decimals?: number) => string
  bounds: (low: number | null, high: number | null) => string
  day: (iso: string) => string
  days: (count: number) => string
  time: (iso: string) => string
}

/** Words, numbers and dates in the language of the page; names that the table does not know stay as they are. */
export function useSpeech(): Speech {
  const language = useContext(LanguageContext)
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  const number: Speech['number'] = (value, decimals = 3) =>
    typeof value === 'number' ? decimal(locale, decimals).format(value).replace('-', '−') : '—'
  return {
    language,
    say: word =>
      Object.hasOwn(WORDS, word) ? WORDS[word as Word][language === 'ru' ? 0 : 1] : localizedName(word)[language],
    number,
    bounds: (low, high) => (low === null || high === null ? '—' : `${number(low)} … ${number(high)}`),
    day: iso => DATES[language].day.format(new Date(`${iso}T12:00:00Z`)),
    days: count => new Intl.NumberFormat(locale, {style: 'unit', unit: 'day', unitDisplay: 'long'}).format(count),
    time: iso => DATES[language].time.format(new Date(iso)),
  }
}

// A formatter takes longer to make than to use, and a list of runs needs thousands of numbers and dates.
const decimals = new Map<string, Intl.NumberFormat>()
const DATES = {ru: datesIn('ru-RU'), en: datesIn('en-GB')}

function decimal(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`
  const options = {minimumFractionDigits: digits, maximumFractionDigits: digits}
  const found = decimals.get(key) ?? new Intl.NumberFormat(locale, options)
  decimals.set(key, found)
  return found
}

function datesIn(locale: string): Record<'day' | 'time', Intl.DateTimeFormat> {
  const timeZone = 'Europe/Moscow'
  return {
    day: new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short', year: 'numeric', timeZone}),
    time: new Intl.DateTimeFormat(locale, {dateStyle: 'medium', timeStyle: 'short', timeZone}),
  }
}
