/**
 * Compares two strings as their UTF-8 bytes compare, without encoding them: the order of `strcmp`, of `LC_ALL=C sort` and of
 * trec_eval. It differs from `<` only where a character outside the basic plane meets U+E000 … U+FFFF, and from
 * `localeCompare` nearly everywhere. For well-formed strings.
 * @returns a negative number, 0 or a positive number.
 */
export function compareBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

const FIRST_SURROGATE = 0xd800
const AFTER_SURROGATES = 0xe000

/** UTF-16 puts surrogates below U+E000 … U+FFFF, UTF-8 puts the characters they stand for above. */
function codePointRank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800
}
