import {NEWLINE, classAt} from './character-classes.js'
import {linkTargetEnd, type StyleMark, pairedMarks} from './markup-marks.js'
import {urlEnd} from './urls.js'

export interface MarkupLink {
  /** What the reader sees, without marks and surrounding space; empty for a link hidden behind a space. */
  label: string
  url: string
}

export interface PlainText {
  text: string
  links: MarkupLink[]
}

/** A part of the markup that does not show. */
interface Cut {
  from: number
  to: number
  /** The label of a link begins after it. */
  opensLabel?: true
  /** The label of a link to here ends before it. */
  url?: string
}

const SPECIAL = /```|`|\*{2,}|_{2,}|~{2,}|\|{2,}|\[|\]|https?:\/\//g
const LANGUAGE_LINE =
  /(?:python|py|go|golang|bash|sh|shell|sql|json|yaml|js|javascript|ts|typescript|java|kotlin|c|cpp|csharp|rust|php|html|css|xml|text)\r?\n/iy
/** `__init__` and its like, `**kwargs`: names of the Python language, not styles. */
const PYTHON_NAME = /__[a-z][a-z\d]*(?:_[a-z\d]+)*__(?!\w)|\*\*kwargs\b/y
/** From this length on a run alone on its line is a drawn rule. */
const RULE_LENGTH = 5

/** Reads markup once from left to right and collects what does not show. */
class MarkupReader {
  readonly #markup: string
  readonly #cuts: Cut[] = []
  readonly #marks = new Map<string, StyleMark[]>()
  readonly #openLabels: number[] = []
  #fencesEnded = false
  #codeEnded = false

  constructor(markup: string) {
    this.#markup = markup
  }

  read(): Cut[] {
    const special = new RegExp(SPECIAL)
    for (let found = special.exec(this.#markup); found; found = special.exec(this.#markup))
      special.lastIndex = this.#take(found[0], found.index)
    for (const marks of this.#marks.values())
      for (const {at} of pairedMarks(this.#markup, marks)) this.#cuts.push({from: at, to: at + 2})
    return this.#cuts.sort((a, b) => a.from - b.from)
  }

  /** Handles what stands at `at`; returns where to read on. */
  #take(found: string, at: number): number {
    if (found === '```') return this.#takeFence(at)
    if (found === '`') return this.#takeCode(at)
    if (found === '[') return this.#openLabel(at)
    if (found === ']') return this.#takeLink(at)
    if (found.endsWith('/')) return this.#skipUrl(at)
    return this.#takeMarks(found, at)
  }

  #takeFence(at: number): number {
    const end = this.#fencesEnded ? -1 : this.#markup.indexOf('```', at + 3)
    this.#fencesEnded = end < 0
    if (end < 0) return at + 3
    this.#cuts.push({from: at, to: this.#languageLineEnd(at + 3)}, {from: end, to: end + 3})
    return end + 3
  }

  #languageLineEnd(start: number): number {
    LANGUAGE_LINE.lastIndex = start
    return LANGUAGE_LINE.test(this.#markup) ? LANGUAGE_LINE.lastIndex : start
  }

  #takeCode(at: number): number {
    const end = this.#codeEnded ? -1 : this.#markup.indexOf('`', at + 1)
    this.#codeEnded = end < 0
    if (end < 0) return at + 1
    this.#cuts.push({from: at, to: at + 1}, {from: end, to: end + 1})
    return end + 1
  }

  #openLabel(at: number): number {
    this.#openLabels.push(at)
    return at + 1
  }

  #takeLink(at: number): number {
    const label = this.#openLabels.pop()
    if (label === undefined || this.#markup[at + 1] !== '(') return at + 1
    const end = linkTargetEnd(this.#markup, at + 2)
    if (end === undefined) return at + 1
    const url = this.#markup.slice(at + 2, end)
    this.#cuts.push({from: label, to: label + 1, opensLabel: true}, {from: at, to: end + 1, url})
    return end + 1
  }

  /** The address itself is text, but `__` inside it is no style. */
  #skipUrl(at: number): number {
    const end = urlEnd(this.#markup, at)
    const style = this.#markup.slice(at, end).indexOf('**')
    return Math.max(style < 0 ? end : at + style, at + 1)
  }

  #takeMarks(run: string, at: number): number {
    const end = at + run.length
    if (this.#isRule(at, end)) return end
    if (this.#isPythonName(at)) return PYTHON_NAME.lastIndex
    const marks = this.#marks.get(run.charAt(0)) ?? []
    for (let mark = at; mark + 2 <= end; mark += 2) marks.push({at: mark, odd: run.length % 2 === 1})
    this.#marks.set(run.charAt(0), marks)
    return end
  }

  #isRule(at: number, end: number): boolean {
    return end - at >= RULE_LENGTH && this.#isLineEdge(at - 1) && this.#isLineEdge(end)
  }

  #isLineEdge(index: number): boolean {
    return index < 0 || index >= this.#markup.length || (classAt(this.#markup, index) & NEWLINE) !== 0
  }

  #isPythonName(at: number): boolean {
    PYTHON_NAME.lastIndex = at
    return !/\w/.test(this.#markup.charAt(at - 1)) && PYTHON_NAME.test(this.#markup)
  }
}

/** Joins what is left between the cuts, and takes the labels of links on the way. */
function applyCuts(markup: string, cuts: readonly Cut[]): PlainText {
  const links: MarkupLink[] = []
  let text = ''
  let from = 0
  let labelStart = 0
  for (const {from: cutFrom, to, opensLabel, url} of cuts) {
    text += markup.slice(from, cutFrom)
    from = to
    if (opensLabel) labelStart = text.length
    if (url !== undefined) links.push({label: text.slice(labelStart).trim(), url})
  }
  return {text: text + markup.slice(from), links}
}

/**
 * Plain text of Telegram Markdown as Telethon writes it (`**bold**`, `__italic__`, `~~strike~~`, `||spoiler||`,
 * `[label](url)`, code spans and fences), with the links it had. Code keeps its content untouched; link labels stay in
 * the text. Identifiers, formulas and addresses (`snake_case`, `2 ** 3`, `[1]`) are not taken for marks.
 */
export function stripMarkup(markup: string): PlainText {
  return applyCuts(markup, new MarkupReader(markup).read())
}
