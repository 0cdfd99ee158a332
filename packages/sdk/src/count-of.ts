/**
 * An amount with its English noun in the right number, for messages.
 * @param plural for nouns that do more than take an s
 * @example countOf(1, 'digest') // '1 digest'
 * @example countOf(2, 'query', 'queries') // '2 queries'
 */
export function countOf(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount} ${amount === 1 ? singular : plural}`
}
