interface MeasureDefinition {
  /** Raised whenever the same input would give another number. */
  version: number
  /** Settings that are part of the measure's definition. */
  parts: Readonly<Record<string, string | number>>
}

const PLAIN: MeasureDefinition = {version: 1, parts: {}}
const CHRF = {nc: 6, beta: 2, eff: 'yes', space: 'no'}

/** Every measure that carries a signature, under the name it has in reports. */
const SIGNED_MEASURES = {
  rouge1: PLAIN,
  rouge2: PLAIN,
  rougeL: PLAIN,
  'chrf++': {version: 1, parts: {...CHRF, nw: 2}},
  extractive_coverage: PLAIN,
  extractive_density: PLAIN,
  compression: PLAIN,
  distinct2: PLAIN,
  distinct3: PLAIN,
} as const satisfies Record<string, MeasureDefinition>

export type MeasureName = keyof typeof SIGNED_MEASURES

/** What a number depends on besides its formula, for example `{tok: 'ru-1', yo: 'e', stem: 'sb3', case: 'lc', agg: 'mean'}`. */
export type SignatureParts = Readonly<Record<string, string | number>>

export interface SignatureDifference {
  part: string
  left: string | undefined
  right: string | undefined
}

const FIRST = ['tok', 'yo', 'stem', 'case']
const LAST = ['agg', 'v']

/**
 * The signature of a measure, `rouge1|tok:ru-1|yo:e|stem:sb3|case:lc|agg:mean|v:1`: numbers with different signatures may not
 * be compared (the idea of sacreBLEU, Post 2018). The order of the parts does not depend on the order given.
 * @throws RangeError for a part that the measure fixes itself, or a name or value that would not survive parsing.
 */
export function measureSignature(measure: MeasureName, parts: SignatureParts): string {
  const {version, parts: fixed} = SIGNED_MEASURES[measure]
  const clash = Object.keys(parts).find(part => part === 'v' || part in fixed)
  if (clash !== undefined) throw new RangeError(`parts.${clash} is fixed by ${measure} itself`)
  const all = Object.entries({...parts, ...fixed, v: version}).toSorted(byRank)
  return [measure, ...all.map(([part, value]) => `${part}:${value}`).map(requirePlain)].join('|')
}

/** Every part in which two signatures differ, the measure's own name as part `measure`; empty when they may be compared. */
export function signatureDifferences(left: string, right: string): SignatureDifference[] {
  const [a, b] = [parseSignature(left), parseSignature(right)]
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter(part => a.get(part) !== b.get(part))
    .map(part => ({part, left: a.get(part), right: b.get(part)}))
}

function parseSignature(signature: string): Map<string, string> {
  const [measure = '', ...parts] = signature.split('|')
  return new Map([['measure', measure], ...parts.map(splitPart)])
}

function splitPart(part: string): [string, string] {
  const colon = part.indexOf(':')
  return [part.slice(0, colon), part.slice(colon + 1)]
}

function byRank([a]: [string, unknown], [b]: [string, unknown]): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : 1)
}

function rankOf(part: string): number {
  if (FIRST.includes(part)) return FIRST.indexOf(part)
  return FIRST.length + 1 + LAST.indexOf(part)
}

function requirePlain(part: string): string {
  if (!/^[\w.+-]+:[^|\s]+$/.test(part))
    throw new RangeError(`signature part "${part}" must be name:value without spaces or |`)
  return part
}
