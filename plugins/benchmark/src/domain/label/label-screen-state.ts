import type {LabelSession} from './label-session.js'
import {type LabelWords, questionText, sessionWords} from './label-words.js'
import type {Rubric} from './rubric.js'

/** All that a page knows of a session: what is shown now. No item's name, no rater's, and nothing of who wrote it. */
export interface LabelScreenState {
  /** Of the rater's file; a page that knows of fewer was overtaken by another one. */
  lines: number
  progress: string
  done: number
  total: number
  /** A text has a title of its own. */
  texts: readonly {title: string; text: string}[]
  posts: readonly string[]
  question: {kind: string; title: string; options: readonly string[]; typed: boolean} | null
  words: Pick<LabelWords, 'posts' | 'allDone' | 'webKeys' | 'reasonKeys'>
}

export function screenState(session: LabelSession, rubric: Rubric, language: 'ru' | 'en'): LabelScreenState {
  const words = sessionWords(language)
  const {question, texts, item, done, total, lines} = session
  const titles = texts.length > 1 ? [words.first, words.second] : [words.digest]
  const asked = question && questionText(question, rubric, language)
  const {posts, allDone, webKeys, reasonKeys} = words
  return {
    lines,
    progress: words.progress(done, total),
    done,
    total,
    texts: texts.map((text, i) => ({title: titles[i] ?? '', text})),
    posts: item?.posts ?? [],
    question: question && asked ? {kind: question.kind, ...asked, typed: question.kind === 'reason'} : null,
    words: {posts, allDone, webKeys, reasonKeys},
  }
}
