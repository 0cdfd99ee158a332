import type {Language} from '@ep23/sdk'

// Not imported: as an ES module it would load all streams.
const fs = process.getBuiltinModule('node:fs')
const path = process.getBuiltinModule('node:path')

/** A text that stands in the sources as it is shown (help pages, titles of steps, units), in a person's language. */
export type Translate = (english: string) => string

interface Loaded {
  root: string
  plugins: ReadonlyMap<string, {root: string}>
}

/**
 * Looks static texts up in `messages/ru.json` of the host and of every plugin, a team's own included: English text -> Russian text,
 * where `{}` stands for a name (`Write {}`), names keeping their order. What is in none of them stays English, and in English nothing is
 * read. A catalogue is read when the ones before it lack a text; the one that had the last text is asked first, as one page's texts
 * are mostly in one.
 */
export function translator(language: Language, {root, plugins}: Loaded): Translate {
  if (language === 'en') return english => english
  const roots = new Set([root, ...[...plugins.values()].map(plugin => plugin.root)])
  const catalogues = [...roots].map(folder => new Catalogue(folder))
  let last = catalogues[0]
  return english => {
    const holder =
      last?.exact(english) === undefined ? catalogues.find(each => each.exact(english) !== undefined) : last
    last = holder ?? last
    return (
      holder?.exact(english) ??
      catalogues.map(each => each.withName(english)).find(found => found !== undefined) ??
      english
    )
  }
}

interface Pattern {
  pattern: RegExp
  said: (names: string[]) => string
}

/** One file of texts, read when it is asked for the first time: a help page asks for a few of a thousand, so nothing is made of it. */
class Catalogue {
  #texts: Readonly<Record<string, unknown>> | undefined
  #patterns: Pattern[] | undefined

  constructor(private readonly folder: string) {}

  exact(english: string): string | undefined {
    const texts = (this.#texts ??= textsIn(this.folder))
    const russian = Object.hasOwn(texts, english) ? texts[english] : undefined
    return typeof russian === 'string' ? russian : undefined
  }

  withName(english: string): string | undefined {
    this.#patterns ??= Object.entries((this.#texts ??= textsIn(this.folder)))
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0].includes('{}'))
      .map(toPattern)
    const found = this.#patterns.find(({pattern}) => pattern.test(english))
    return found?.said(found.pattern.exec(english)?.slice(1) ?? [])
  }
}

/** A plugin without one, or with a broken one, is shown in English. */
function textsIn(root: string): Record<string, unknown> {
  const file = path.join(root, 'messages/ru.json')
  try {
    // Most plugins of others have none, and an error costs more than the question.
    return fs.existsSync(file) ? ((JSON.parse(fs.readFileSync(file, 'utf8')) ?? {}) as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function toPattern([english, russian]: [string, string]): Pattern {
  const parts = english.split('{}').map(part => part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&'))
  const said = ([...names]: string[]): string => russian.replaceAll('{}', () => names.shift() ?? '')
  return {pattern: new RegExp(`^${parts.join('(.+)')}$`, 'u'), said}
}
