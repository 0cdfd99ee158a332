import maintained from './secret-rules.json' with {type: 'json'}

interface Rule {
  keywords: string[]
  expression: string
  ignoreCase?: boolean
  /** Which group of the expression is the secret; else its first one, or all of it. */
  group?: number
  /** Bits a character that the secret has at least; without it its form is proof enough. */
  entropy?: number
}

const rules: readonly Rule[] = maintained.rules
const compiled = new Map<Rule, RegExp>()

interface KeywordSearch {
  /** Nearly every text has none, which is told fastest this way. */
  some: RegExp
  /** The longest one at every place. */
  every: RegExp
}

let search: KeywordSearch | undefined

// Made when a text needs it: most runs record nothing that does.
function keywordSearch(): KeywordSearch {
  if (search === undefined) {
    const keywords = [...new Set(rules.flatMap(rule => rule.keywords))].toSorted((a, b) => b.length - a.length)
    const any = keywords.map(word => word.replaceAll(/[^a-z0-9]/gu, '\\$&')).join('|')
    search = {some: new RegExp(any), every: new RegExp(`(?=(${any}))`, 'g')}
  }
  return search
}

/** No rule's secret is shorter. */
const SHORTEST = 16

/**
 * Hides the secrets that gitleaks' rules know by their issuer: some two hundred services. The rules are generated
 * (scripts/secret-rules.js) and never edited.
 * @param mask what stands in a secret's place
 */
export function redactKnownIssuers(text: string, mask: string): string {
  if (text.length < SHORTEST) return text
  const lower = text.toLowerCase()
  const {some, every} = keywordSearch()
  if (!some.test(lower)) return text
  const met = new Set<Rule>()
  for (const [, word = ''] of lower.matchAll(every)) for (const rule of rulesOf(word)) met.add(rule)
  return [...met].reduce((result, rule) => redactBy(rule, result, mask), text)
}

const called = new Map<string, readonly Rule[]>()

/** Which rules a word calls for: its own, and those of the words within it, which the search steps over. */
function rulesOf(word: string): readonly Rule[] {
  const known = called.get(word) ?? rules.filter(rule => rule.keywords.some(other => word.includes(other)))
  called.set(word, known)
  return known
}

function redactBy(rule: Rule, text: string, mask: string): string {
  return text.replaceAll(expressionOf(rule), (match: string, ...groups: unknown[]) => {
    // Behind the groups come the place and the whole text.
    const captured = groups.slice(
      0,
      groups.findIndex(group => typeof group === 'number'),
    )
    const wanted = rule.group === undefined ? captured.find(group => group !== undefined) : captured[rule.group - 1]
    const secret = typeof wanted === 'string' ? wanted : match
    if (rule.entropy !== undefined && entropyOf(secret) < rule.entropy) return match
    const at = match.lastIndexOf(secret)
    return `${match.slice(0, at)}${mask}${match.slice(at + secret.length)}`
  })
}

function expressionOf(rule: Rule): RegExp {
  let expression = compiled.get(rule)
  if (!expression) {
    expression = new RegExp(rule.expression, rule.ignoreCase ? 'gi' : 'g')
    compiled.set(rule, expression)
  }
  return expression
}

/** Shannon entropy in bits a character. @example entropyOf('aabb') // 1 */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
