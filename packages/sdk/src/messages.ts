import type {Language} from './settings.js'

/** The texts of one language by key: each a text, or a function of what it names. */
export type Catalogue = Readonly<Record<string, string | ((values: never) => string)>>

/** What the catalogue of another language must be: the same keys, each with the same values. */
export type SameMessages<C extends Catalogue> = {readonly [Key in keyof C]: C[Key] extends string ? string : C[Key]}

/** A text for people: English at once, for logs and `--json`; in a person's language when one reads it. */
export interface Message {
  readonly english: string
  in(language: Language): Promise<string>
  /** JSON has the English. */
  toJSON(): string
}

/** What may be shown: data as it is, or a text that is known in both languages. */
export type Text = string | Message

/** A message that nothing translates: a command to run, a name, or the words of another program. */
export function verbatim(text: string): Message {
  return {english: text, in: async () => text, toJSON: () => text}
}

/** Texts one after the other as one message. */
export function joined(texts: readonly Text[], separator = ', '): Message {
  return composed(texts.map(englishOf).join(separator), async language =>
    (await Promise.all(texts.map(async text => inLanguage(text, language)))).join(separator),
  )
}

/** A message whose other languages are made when asked for. */
function composed(english: string, translate: (language: Language) => Promise<string>): Message {
  return {english, in: translate, toJSON: () => english}
}

type Values<Entry> = Entry extends (values: infer Named) => string ? [values: OrMessages<Named>] : []
type OrMessages<Named> = {[Name in keyof Named]: string extends Named[Name] ? Named[Name] | Message : Named[Name]}

export interface Messages<C extends Catalogue> {
  /** A text to be said later by whoever knows the language, as that of an error. */
  message: <Key extends keyof C>(key: Key, ...values: Values<C[Key]>) => Message
  /**
   * One of these messages as a document keeps it, in English; values that are such messages are found, too.
   * @example recorded('nothing but adverts', ['nothingBut', 'adverts'])?.in('ru') // «одни только реклама»
   */
  recorded: (english: string, keys: readonly (keyof C)[]) => Message | undefined
  /** All texts of a language, for what is put together at once, as tables. */
  catalogue: (language: Language) => Promise<SameMessages<C>>
}

/**
 * The texts that a package's code makes. Keys and values are typed: a text that is missing in Russian, or names something else,
 * does not compile. Nothing Russian is loaded before it is asked for.
 * @example
 * const {message} = defineMessages(english, async () => (await import('./russian.js')).russian)
 * throw usageError(message('noSuchFile', {path})) // «нет файла x.jsonl» under --lang ru
 */
export function defineMessages<C extends Catalogue>(
  english: C,
  loadRussian: () => Promise<SameMessages<C>>,
): Messages<C> {
  const catalogue = async (language: Language): Promise<SameMessages<C>> =>
    language === 'ru' ? loadRussian() : (english as SameMessages<C>)
  const message = (key: keyof C, values: object = {}): Message =>
    composed(say(english[key], mapped(values, englishOf)), async language => {
      const entry = (await catalogue(language))[key]
      const said = await Promise.all(
        Object.entries(values).map(async ([name, value]) => [name, await inLanguage(value, language)]),
      )
      return say(entry, Object.fromEntries(said) as object)
    })
  const recorded = (text: string, keys: readonly (keyof C)[]): Message | undefined => {
    for (const key of keys) {
      const values = valuesIn(text, english[key])
      if (values)
        return message(
          key,
          mapped(values, value => recorded(String(value), keys) ?? value),
        )
    }
    return undefined
  }
  return {catalogue, message: (key, ...[values]) => message(key, values), recorded}
}

const MARK = '\0'

/** The values that an entry was said with; undefined for another text. */
function valuesIn(text: string, entry: Catalogue[string] | undefined): object | undefined {
  if (typeof entry !== 'function') return entry === text ? {} : undefined
  const marked = say(entry, new Proxy({}, {get: (_, name) => `${MARK}${String(name)}${MARK}`}))
  const names: string[] = []
  const pattern = marked.split(MARK).map((part, index) => {
    // A noun has no s after 1.
    if (index % 2 === 0) return part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&').replaceAll(/s\b/gu, 's?')
    names.push(part)
    return '(.+)'
  })
  const found = new RegExp(`^${pattern.join('')}$`, 'su').exec(text)?.slice(1)
  return found && Object.fromEntries(found.map((each, index) => [names[index], valueOf(each)]))
}

function valueOf(text: string): string | number {
  return /^\d+$/u.test(text) ? Number(text) : text
}

/** The English of a text. */
export function englishOf<T>(text: T | Message): T | string {
  return isMessage(text) ? text.english : text
}

/** A text in a person's language; what is known in English only stays so. */
export async function inLanguage<T>(text: T | Message, language: Language): Promise<T | string> {
  return isMessage(text) ? text.in(language) : text
}

/** Whether a text is known in other languages. */
export function isMessage(text: unknown): text is Message {
  return typeof text === 'object' && text !== null && 'english' in text && 'in' in text
}

function say(entry: Catalogue[string] | undefined, values: object): string {
  return typeof entry === 'function' ? entry(values as never) : (entry ?? '')
}

function mapped(values: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}
