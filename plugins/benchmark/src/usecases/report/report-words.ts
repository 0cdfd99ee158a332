import {both, type Markup} from '@ep23/report'

import {tellName} from '../../domain/telling/name-words.js'

/** A name of ours in both languages; names that plugins bring stay as they are. */
export function word(name: string): Markup {
  const {ru, en} = tellName(name)
  return both(ru, en)
}

/** The same for the page's script. */
export function wordPairs(names: readonly string[]): Record<string, readonly [string, string]> {
  return Object.fromEntries(
    names.map(name => {
      const {ru, en} = tellName(name)
      return [name, [ru, en]]
    }),
  )
}
