/** What stands on the labelling screen, in the user's language. */
export interface LabelWords {
  query: (number: number, all: number) => string
  document: (number: number, all: number) => string
  progress: (judged: number, all: number) => string
  grade: (value: number | undefined) => string
  more: (lines: number) => string
  allJudged: string
  /** One line each, the most needed first. */
  help: readonly string[]
}

const GRADES_RU = ['мимо', 'по теме', 'отвечает частично', 'отвечает полностью']
const GRADES_EN = ['not relevant', 'on topic', 'answers in part', 'answers in full']

const RUSSIAN: LabelWords = {
  query: (number, all) => `запрос ${number} из ${all}`,
  document: (number, all) => `документ ${number} из ${all}`,
  progress: (judged, all) => `размечено ${judged} из ${all}`,
  grade: value => (value === undefined ? 'без оценки' : `оценка ${value}: ${GRADES_RU[value] ?? ''}`),
  more: lines => `ещё строк: ${lines} (↓)`,
  allJudged: 'всё размечено: q — выход',
  help: [
    GRADES_RU.map((grade, value) => `${value} ${grade}`).join('  '),
    'u отменить  s пропустить  q выход  ←→ документ  ↑↓ текст  n/p запрос',
  ],
}

const ENGLISH: LabelWords = {
  query: (number, all) => `query ${number} of ${all}`,
  document: (number, all) => `document ${number} of ${all}`,
  progress: (judged, all) => `${judged} of ${all} judged`,
  grade: value => (value === undefined ? 'not judged' : `grade ${value}: ${GRADES_EN[value] ?? ''}`),
  more: lines => `${lines} more lines (↓)`,
  allJudged: 'all judged: q to quit',
  help: [
    GRADES_EN.map((grade, value) => `${value} ${grade}`).join('  '),
    'u undo  s skip  q quit  ←→ document  ↑↓ text  n/p query',
  ],
}

export function labelWords(language: 'ru' | 'en'): LabelWords {
  return language === 'ru' ? RUSSIAN : ENGLISH
}
