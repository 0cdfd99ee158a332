import type {Text} from '../messages.js'

/** What a text tells, which a terminal shows as green, yellow, red or dim; pipes and `NO_COLOR` show the words alone. */
export type Tone = 'good' | 'warning' | 'bad' | 'quiet'

/** A sentence: broken between words where a terminal is narrower. */
export interface Prose<T extends Text = Text> {
  text: T
  tone?: Tone
}

export interface TableColumn<T extends Text = Text> {
  title: T
  /** `number`: right-aligned, never cut. `name`: never cut, for what is copied. `clip`: shortened. `text`, the default: wrapped. */
  kind?: 'number' | 'name' | 'text' | 'clip'
}

export type Cell<T extends Text = Text> = T | Prose<T>

/** Rows under titles. A terminal too narrow for the columns that may not be cut gets each row as a paragraph. */
export interface Table<T extends Text = Text> {
  columns: readonly TableColumn<T>[]
  rows: readonly (readonly Cell<T>[])[]
}

/** What a command shows people: a line as it is, a sentence, or a table. `T` is `string` once a language is chosen. */
export type TextBlock<T extends Text = Text> = T | Prose<T> | Table<T>

const TONES: Readonly<Record<string, Tone>> = {
  pass: 'good',
  better: 'good',
  warn: 'warning',
  fail: 'bad',
  worse: 'bad',
  damaged: 'bad',
  undecided: 'quiet',
  unmeasured: 'quiet',
  no_difference: 'quiet',
  unfinished: 'quiet',
}

/** `no_difference` is `NO DIFFERENCE`, in the tone of what it tells; around it may stand more of the sentence. */
export function verdictText(verdict: string, sentence: (word: string) => Text = word => word): Prose {
  const text = sentence(verdict.replaceAll('_', ' ').toUpperCase())
  const tone = TONES[verdict]
  return tone === undefined ? {text} : {text, tone}
}
