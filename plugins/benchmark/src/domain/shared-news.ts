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
// Of each channel the lines with the smallest hashes are kept, which are the same lines in every channel (bottom-k sketch, Cohen and
// Kaplan 2007): exact up to this many lines, and memory stays flat beyond.
const KEPT = 20_000

/** Finds the posts that channels share, from the lines of their samples' sources. */
export class SharedNewsTally {
  readonly #lines = new Map<string, Set<number>>()

  add(channel: string, sourceText: string): void {
    const lines = this.#lines.get(channel) ?? new Set<number>()
    this.#lines.set(channel, lines)
    for (const line of sourceText.split('\n')) if (line.length >= SHORTEST_LINE) lines.add(hashOf(line))
    if (lines.size > 2 * KEPT) this.#lines.set(channel, smallestOf(lines))
  }

  /** Pairs with a share of at least 5 %, in the order of their names. */
  pairs(): SharedNews[] {
    const sketches = [...this.#lines].map(([name, lines]) => ({name, lines: smallestOf(lines)})).toSorted(byName)
    return sketches
      .flatMap((a, index) => sketches.slice(index + 1).map(b => pairOf(a, b)))
      .filter(({share}) => share >= LEAST_TOLD)
  }
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

interface Sketch {
  name: string
  lines: ReadonlySet<number>
}

function byName(a: Sketch, b: Sketch): number {
  return a.name < b.name ? -1 : 1
}

function pairOf(a: Sketch, b: Sketch): SharedNews {
  // Where one was cut, both are looked at only as far as both are known.
  const limit = Math.min(limitOf(a.lines), limitOf(b.lines))
  const [left, right] = [within(a.lines, limit), within(b.lines, limit)]
  const lines = left.filter(line => b.lines.has(line)).length
  const smaller = Math.min(left.length, right.length)
  return {channels: [a.name, b.name], lines, share: smaller > 0 ? lines / smaller : 0}
}

function limitOf(lines: ReadonlySet<number>): number {
  return lines.size < KEPT ? Infinity : Math.max(...lines)
}

function within(lines: ReadonlySet<number>, limit: number): number[] {
  return [...lines].filter(line => line <= limit)
}

function smallestOf(lines: ReadonlySet<number>): Set<number> {
  return lines.size <= KEPT ? new Set(lines) : new Set(Float64Array.from(lines).sort().slice(0, KEPT))
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
