/** What a text tells, which a terminal shows as green, yellow, red or dim; pipes and `NO_COLOR` show the words alone. */
export type Tone = 'good' | 'warning' | 'bad' | 'quiet'

/** A sentence: broken between words where a terminal is narrower. */
export interface Prose {
  text: string
  tone?: Tone
}

export interface TableColumn {
  title: string
  /** `number`: right-aligned, never cut. `name`: never cut, for what is copied. `clip`: shortened. `text`, the default: wrapped. */
  kind?: 'number' | 'name' | 'text' | 'clip'
}

export type Cell = string | Prose

/** Rows under titles. A terminal too narrow for the columns that may not be cut gets each row as a paragraph. */
export interface Table {
  columns: readonly TableColumn[]
  rows: readonly (readonly Cell[])[]
}

/** What a command shows people: a line as it is, a sentence, or a table. */
export type TextBlock = string | Prose | Table

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
export function verdictText(verdict: string, sentence: (word: string) => string = word => word): Prose {
  const text = sentence(verdict.replaceAll('_', ' ').toUpperCase())
  const tone = TONES[verdict]
  return tone === undefined ? {text} : {text, tone}
}
