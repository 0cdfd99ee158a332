/**
 * The beginning of a text, for a model that is shown no more: at most so many UTF-16 units, and never half of a surrogate pair, which
 * servers refuse as no UTF-8.
 * @example cutText('ab🔴', 3) // 'ab'
 */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/u, '')
}
