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
 * where `{}` stands for a name (`Write {}`), names keeping their order. What is in none of them stays English, and in English nothing is read.
 */
export function translator(language: Language, {root, plugins}: Loaded): Translate {
  if (language === 'en') return english => english
  const roots = new Set([root, ...[...plugins.values()].map(plugin => plugin.root)])
  const russian = new Map([...roots].flatMap(catalogueIn))
  const withName = [...russian].filter(([english]) => english.includes('{}')).map(toPattern)
  return english => {
    const exact = russian.get(english)
    if (exact !== undefined) return exact
    const found = withName.find(({pattern}) => pattern.test(english))
    return found?.said(found.pattern.exec(english)?.slice(1) ?? []) ?? english
  }
}

/** A plugin without one, or with a broken one, is shown in English. */
function catalogueIn(root: string): [english: string, russian: string][] {
  try {
    const texts = JSON.parse(fs.readFileSync(path.join(root, 'messages/ru.json'), 'utf8')) as Record<string, unknown>
    return Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  } catch {
    return []
  }
}

function toPattern([english, russian]: [string, string]): {pattern: RegExp; said: (names: string[]) => string} {
  const parts = english.split('{}').map(part => part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&'))
  const said = ([...names]: string[]): string => russian.replaceAll('{}', () => names.shift() ?? '')
  return {pattern: new RegExp(`^${parts.join('(.+)')}$`, 'u'), said}
}
