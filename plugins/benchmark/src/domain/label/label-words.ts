import {type LabelQuestion, MOST_MISSING} from './label-session.js'
import type {Rubric} from './rubric.js'

/** What stands around the questions, in the rater's language; the terminal and the page say the same. */
export interface LabelWords {
  progress: (done: number, total: number) => string
  digest: string
  first: string
  second: string
  posts: string
  bullet: (number: number) => string
  allDone: string
  more: (lines: number) => string
  reason: string
  reasonRequired: string
  keys: string
  /** In a browser. */
  webKeys: string
  reasonKeys: string
}

const RUSSIAN: LabelWords = {
  progress: (done, total) => `${done} из ${total}`,
  digest: 'ДАЙДЖЕСТ',
  first: 'ПЕРВЫЙ ДАЙДЖЕСТ',
  second: 'ВТОРОЙ ДАЙДЖЕСТ',
  posts: 'ПОСТЫ',
  bullet: number => `пункт ${number}`,
  allDone: 'Всё размечено. u — отменить последний ответ, q — выход.',
  more: lines => `ещё строк: ${lines} (↓)`,
  reason: 'Почему? Одно предложение (можно пропустить).',
  reasonRequired: 'Почему нет? Одно предложение.',
  keys: 'u отменить  s пропустить  q выход  ↑↓ текст  ←→ страница',
  webKeys: 'u отменить · s пропустить',
  reasonKeys: 'Enter — дальше  Backspace в пустой строке — отменить',
}

const ENGLISH: LabelWords = {
  progress: (done, total) => `${done} of ${total}`,
  digest: 'DIGEST',
  first: 'FIRST DIGEST',
  second: 'SECOND DIGEST',
  posts: 'POSTS',
  bullet: number => `bullet ${number}`,
  allDone: 'All done. u undoes the last answer, q quits.',
  more: lines => `${lines} more lines (↓)`,
  reason: 'Why? One sentence (may be left out).',
  reasonRequired: 'Why not? One sentence.',
  keys: 'u undo  s skip  q quit  ↑↓ text  ←→ page',
  webKeys: 'u undo · s skip',
  reasonKeys: 'Enter goes on  Backspace in an empty line undoes',
}

export function sessionWords(language: 'ru' | 'en'): LabelWords {
  return language === 'ru' ? RUSSIAN : ENGLISH
}

const OPTIONS = {
  ru: {
    send: ['1 да', '2 нет'],
    pair: ['1 первый', '2 второй', '3 одинаково', '4 оба плохи'],
    claim: ['1 верно', '2 неверно', '3 нет в постах'],
    none: '0 не могу судить',
  },
  en: {
    send: ['1 yes', '2 no'],
    pair: ['1 the first', '2 the second', '3 equal', '4 both bad'],
    claim: ['1 right', '2 wrong', '3 not in the posts'],
    none: '0 cannot judge',
  },
} as const

/** The question and what its keys mean. */
export function questionText(
  question: LabelQuestion,
  rubric: Rubric,
  language: 'ru' | 'en',
): {title: string; options: string[]} {
  const options = OPTIONS[language]
  const words = sessionWords(language)
  switch (question.kind) {
    case 'send':
      return {title: rubric.send[language], options: [...options.send]}
    case 'reason':
      return {title: question.required ? words.reasonRequired : words.reason, options: []}
    case 'score': {
      const score = rubric.scores[question.score]
      const anchorOf = (step: 1 | 3 | 5): string => `${step} ${score?.anchors[step][language] ?? ''}`
      const anchors = [anchorOf(1), '2', anchorOf(3), '4', anchorOf(5)]
      return {title: score?.name[language] ?? question.score, options: [...anchors, options.none]}
    }
    case 'pair':
      return {title: rubric.pair[language], options: [...options.pair]}
    case 'claim':
      return {
        title: `${rubric.claim[language]} (${words.bullet(question.bullet + 1)}) ${question.text}`,
        options: [...options.claim],
      }
    default:
      return {
        title: rubric.missing[language],
        options: Array.from({length: MOST_MISSING + 1}, (_, count) => String(count)),
      }
  }
}
