/** A block of commands of a page: ```` ```sh ````, and what is said beside that. */
export interface CommandBlock {
  /** `clone`: to be run in a clone of the repository; empty: anywhere. */
  place: string
  /** One command each: continued lines joined, comments left out. */
  commands: string[]
}

/** The blocks that a reader types, in their order. */
export function commandBlocks(markdown: string): CommandBlock[] {
  return [...markdown.matchAll(/^```sh(?: (?<place>\w+))?\n(?<text>[^]*?)^```$/gmu)].map(({groups}) => ({
    place: groups?.['place'] ?? '',
    commands: (groups?.['text'] ?? '')
      .replaceAll(/\\\n\s*/gu, ' ')
      .split('\n')
      .map(line => line.replace(/\s+#.*$/u, '').trim())
      .filter(line => line !== '' && !line.startsWith('#')),
  }))
}
