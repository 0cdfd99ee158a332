import {cyrillicShare, words} from '@ep23/plugin-dataset/text'

const FEWEST_WORDS = 2
const MOST_WORDS = 14
const LEAST_CYRILLIC = 0.5

/** Queries of an answer, or what is wrong with it as a Russian clause that the model is told. */
export type QueriesAnswer = {queries: string[]} | {problem: string}

/** Reads `{"queries": [...]}`, also out of a code fence; every query must be Russian and of a query's length. */
export function readQueriesAnswer(content: string): QueriesAnswer {
  const list = queriesIn(content.trim().replace(/^```[a-z]*\n([\s\S]*?)\n?```$/u, '$1'))
  if (list === undefined) return {problem: 'это не JSON вида {"queries": ["запрос"]}'}
  const queries = list.map(query => query.replaceAll(/\s+/gu, ' ').trim()).filter(query => query !== '')
  const foreign = queries.find(query => cyrillicShare(query) < LEAST_CYRILLIC)
  if (foreign !== undefined) return {problem: `запрос «${foreign}» не на русском языке`}
  const odd = queries.find(query => words(query).length < FEWEST_WORDS || words(query).length > MOST_WORDS)
  if (odd !== undefined) return {problem: `в запросе «${odd}» не от ${FEWEST_WORDS} до ${MOST_WORDS} слов`}
  return {queries}
}

function queriesIn(json: string): string[] | undefined {
  try {
    const {queries} = JSON.parse(json) as {queries?: unknown}
    const isList = Array.isArray(queries) && queries.every(query => typeof query === 'string')
    return isList ? queries : undefined
  } catch {
    return undefined
  }
}
