import {normalizeForMatching} from './normalize.js'

export interface RepeatedFooter {
  /** The line in matching form. */
  line: string
  /** How many different posts end with it, other footers below it not counted. */
  posts: number
}

export interface FooterOptions {
  /** A line is a footer when at least this many posts with different bodies end with it. Default 5. */
  minPosts?: number
  /** … and at least this share of all posts, so that a stock phrase of the news is none. Default 0.02. */
  minShare?: number
}

/** Lines below one another that can be found: one more footer line a round. */
const MAX_ROUNDS = 12
const LINE_BREAK = /\r\n?|[\n\u0085\u2028\u2029]/

function footerForm(line: string): string {
  return normalizeForMatching(line).trim()
}

/** How many lines of a post are left when blank lines and known footers are taken off its end. */
function bodyLength(lines: readonly string[], footers: ReadonlySet<string>): number {
  return lines.findLastIndex(line => line !== '' && !footers.has(line)) + 1
}

/** For each line that ends posts: the different bodies above it. A post that is nothing but the line does not count. */
function bodiesAboveLastLines(posts: readonly string[][], footers: ReadonlySet<string>): Map<string, Set<string>> {
  const bodies = new Map<string, Set<string>>()
  for (const lines of posts) {
    const last = bodyLength(lines, footers) - 1
    const footer = lines[last]
    if (footer === undefined || last < 1) continue
    const above = bodies.get(footer) ?? new Set()
    bodies.set(footer, above.add(lines.slice(0, last).join('\n')))
  }
  return bodies
}

/**
 * The lines that posts of one channel end with again and again: adverts of the channel itself (`Подписаться`,
 * `@channel`), links to the source, rubric tags. Works upwards from the last line, so a footer of several lines is found
 * whole. Copies of one and the same post count once. `posts` are plain texts; the most frequent line comes first.
 */
export function repeatedFooters(posts: readonly string[], options: FooterOptions = {}): RepeatedFooter[] {
  const {minPosts = 5, minShare = 0.02} = options
  const enough = Math.max(minPosts, minShare * posts.length)
  const lines = posts.map(post => post.split(LINE_BREAK).map(footerForm))
  const found = new Map<string, number>()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const known = new Set(found.keys())
    for (const [line, bodies] of bodiesAboveLastLines(lines, known))
      if (bodies.size >= enough) found.set(line, bodies.size)
    if (found.size === known.size) break
  }
  return [...found]
    .map(([line, count]) => ({line, posts: count}))
    .sort((a, b) => b.posts - a.posts || (a.line < b.line ? -1 : 1))
}

/** A post without the footers at its end. Empty when it was nothing else. */
export function stripFooters(post: string, footers: Iterable<{line: string}>): string {
  const known = new Set(Array.from(footers, footer => footer.line))
  const lines = post.split('\n')
  return lines.slice(0, bodyLength(lines.map(footerForm), known)).join('\n')
}
