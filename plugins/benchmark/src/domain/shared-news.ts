/** Two channels of a dataset that carry the same posts. */
export interface SharedNews {
  channels: readonly [string, string]
  /** Lines of the sources that stand in both, such as reposts. */
  lines: number
  /** Of the smaller channel's lines. */
  share: number
}

/** From this share on two channels count as one: their samples tell the same news twice. The audit fails above the same share. */
const ONE_CHANNEL_FROM = 0.2
const LEAST_TOLD = 0.05

// A short line is a greeting or a footer, not news.
const SHORTEST_LINE = 60
const HASHES = 2 ** 53
// Up to this many lines everything is exact. Beyond, the lines whose hash lies below a bound are kept, the same ones in every channel, and
// the bound is halved when there are too many: memory stays flat for any number of samples.
const MOST_LINES = 200_000
// A line that stands in more channels than this ties each to the next only, which leaves them one cluster.
const MOST_PAIRED = 50

/** Finds the posts that channels share, from the lines of their samples' sources. */
export class SharedNewsTally {
  readonly #lines = new Map<string, Set<number>>()
  #bound = HASHES
  #kept = 0

  add(channel: string, sourceText: string): void {
    const lines = this.#lines.get(channel) ?? new Set<number>()
    this.#lines.set(channel, lines)
    const before = lines.size
    for (const line of sourceText.split('\n')) {
      const hash = line.length >= SHORTEST_LINE ? hashOf(line) : HASHES
      if (hash < this.#bound) lines.add(hash)
    }
    this.#kept += lines.size - before
    while (this.#kept > MOST_LINES) this.#halve()
  }

  /** Pairs with a share of at least 5 %, in the order of their names. */
  pairs(): SharedNews[] {
    const names = [...this.#lines.keys()].toSorted()
    const counts = new Map<number, number>()
    for (const channels of this.#channelsOfLines(names))
      for (const pair of pairsOf(channels, names.length)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
    return [...counts]
      .toSorted(([a], [b]) => a - b)
      .map(([pair, count]) =>
        this.#told([names[Math.floor(pair / names.length)] ?? '', names[pair % names.length] ?? ''], count),
      )
      .filter(({share}) => share >= LEAST_TOLD)
  }

  #told(channels: readonly [string, string], count: number): SharedNews {
    const smaller = Math.min(...channels.map(channel => this.#lines.get(channel)?.size ?? 0))
    return {channels, lines: Math.round((count * HASHES) / this.#bound), share: count / smaller}
  }

  #halve(): void {
    this.#bound /= 2
    this.#kept = 0
    for (const lines of this.#lines.values()) {
      for (const line of lines) if (line >= this.#bound) lines.delete(line)
      this.#kept += lines.size
    }
  }

  #channelsOfLines(names: readonly string[]): Iterable<readonly number[]> {
    const channels = new Map<number, number[]>()
    for (const [index, name] of names.entries())
      for (const line of this.#lines.get(name) ?? []) {
        const found = channels.get(line)
        if (found) found.push(index)
        else channels.set(line, [index])
      }
    return channels.values()
  }
}

/** Each pair as one number, `first × names + second`. */
function pairsOf(channels: readonly number[], names: number): number[] {
  const last = channels.length > MOST_PAIRED ? 1 : channels.length
  return channels.flatMap((first, at) => channels.slice(at + 1, at + 1 + last).map(second => first * names + second))
}

/**
 * The cluster a channel's samples belong to: its own name, or one name for all channels that are connected by shared news.
 * @example clustersOf([{channels: ['@a', '@b'], lines: 9, share: 0.3}])('@b') // '@a'
 */
export function clustersOf(shared: readonly SharedNews[]): (channel: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (channel: string): string => {
    const parent = parents.get(channel)
    return parent === undefined ? channel : rootOf(parent)
  }
  for (const {channels, share} of shared) {
    const [a, b] = [rootOf(channels[0]), rootOf(channels[1])]
    if (share >= ONE_CHANNEL_FROM && a !== b) parents.set(a < b ? b : a, a < b ? a : b)
  }
  return rootOf
}

/** 53 bits of cyrb53, which is enough: two of a million lines agree by chance once in ten thousand datasets. */
function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & (b >>> 0)) + (a >>> 0)
}
