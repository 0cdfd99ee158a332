import type {FoundJson} from '@ep23/llm/text'
import {cyrillicShare, words} from '@ep23/plugin-dataset/text'

const FEWEST_WORDS = 2
const MOST_WORDS = 14
const LEAST_CYRILLIC = 0.5

/** Reads `{"queries": [...]}`; every query must be Russian and of a query's length. A problem is told to the model, in Russian. */
export function readQueries(json: unknown): FoundJson<string[]> {
  const {queries: list} = json as {queries?: unknown}
  if (!Array.isArray(list) || !list.every(query => typeof query === 'string'))
    return {problem: 'это не JSON вида {"queries": ["запрос"]}'}
  const queries = list.map(query => query.replaceAll(/\s+/gu, ' ').trim()).filter(query => query !== '')
  const foreign = queries.find(query => cyrillicShare(query) < LEAST_CYRILLIC)
  if (foreign !== undefined) return {problem: `запрос «${foreign}» не на русском языке`}
  const odd = queries.find(query => words(query).length < FEWEST_WORDS || words(query).length > MOST_WORDS)
  if (odd !== undefined) return {problem: `в запросе «${odd}» не от ${FEWEST_WORDS} до ${MOST_WORDS} слов`}
  return {value: queries}
}
