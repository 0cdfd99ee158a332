import {findJson, type FoundJson, readNumber} from '@ep23/llm/text'
import {isObject, type JudgedSample, type Score} from '@ep23/sdk'

import {QuotedText} from '../quotes.js'
import {type Statement, statementsOf} from './statements.js'

const VERDICTS = ['supported', 'contradicted', 'absent'] as const
type ClaimVerdict = (typeof VERDICTS)[number]

/** What a judge says of a digest's statements, in their order, and of the posts' main news. */
export interface Claims {
  statements: readonly {verdict: ClaimVerdict; quote: string}[]
  /** `statement` counts from 1; 0 for news that the digest does not tell. */
  news: readonly {quote: string; statement: number}[]
}

/** A decision whose quote stands in the posts; `unproven` is one whose quote does not. */
interface HeldStatement extends Statement {
  verdict: ClaimVerdict | 'unproven'
  /** [start, end) in the source; undefined for what is absent or unproven. */
  quote: readonly [start: number, end: number] | undefined
}

/** Claims held against the texts. News whose quote does not stand in the posts are left out. */
export interface HeldClaims {
  statements: HeldStatement[]
  news: {place: readonly [start: number, end: number]; told: boolean}[]
}

/** The claims in the JSON of an answer, every statement exactly once; or what is wrong with it. */
export function readClaims(json: unknown, count: number): FoundJson<Claims> {
  if (!isObject(json)) return {problem: 'это не объект JSON'}
  const {statements: given, news: told} = json
  if (!Array.isArray(given) || !Array.isArray(told)) return {problem: 'нужны списки statements и news'}
  const statements = new Map<number, Claims['statements'][number]>()
  for (const entry of given) {
    const found = readStatement(entry, count)
    if (!found) return {problem: `в statements нужны n от 1 до ${count}, verdict (${VERDICTS.join(', ')}) и quote`}
    if (statements.has(found.n)) return {problem: `утверждение ${found.n} названо дважды`}
    statements.set(found.n, {verdict: found.verdict, quote: found.quote})
  }
  const numbers = Array.from({length: count}, (_, index) => index + 1)
  const lacking = numbers.filter(n => !statements.has(n))
  if (lacking.length > 0) return {problem: `нет утверждений ${lacking.join(', ')}`}
  const news = told.map(entry => readNews(entry, count))
  if (!news.every(entry => entry !== undefined)) return {problem: `в news нужны quote и statement от 0 до ${count}`}
  return {value: {statements: numbers.flatMap(n => statements.get(n) ?? []), news}}
}

function readStatement(entry: unknown, count: number): {n: number; verdict: ClaimVerdict; quote: string} | undefined {
  if (!isObject(entry)) return undefined
  const n = readNumber(entry['n'], count)
  const verdict = VERDICTS.find(each => each === entry['verdict'])
  const quote = entry['quote'] ?? ''
  if (n === undefined || !Number.isInteger(n) || n < 1 || n > count) return undefined
  return verdict !== undefined && typeof quote === 'string' ? {n, verdict, quote} : undefined
}

function readNews(entry: unknown, count: number): Claims['news'][number] | undefined {
  if (!isObject(entry) || typeof entry['quote'] !== 'string') return undefined
  const statement = readNumber(entry['statement'], count)
  if (statement === undefined || !Number.isInteger(statement) || statement < 0 || statement > count) return undefined
  return {quote: entry['quote'], statement}
}

/** Which decisions the posts prove, and where. */
export function holdClaims({statements, news}: Claims, sample: JudgedSample): HeldClaims {
  const source = new QuotedText(sample.source_text)
  const stated = statementsOf(sample.summary_markdown)
  return {
    statements: stated.map((statement, index): HeldStatement => {
      const {verdict, quote} = statements[index] ?? {verdict: 'absent', quote: ''}
      const place = verdict === 'absent' ? undefined : source.placeOf(quote)
      return {...statement, verdict: verdict !== 'absent' && !place ? 'unproven' : verdict, quote: place}
    }),
    news: eachOnce(
      news.flatMap(({quote, statement}) => {
        const place = source.placeOf(quote)
        return place ? [{place, told: statement > 0}] : []
      }),
    ),
  }
}

// One piece of news that is quoted twice, or with a word more, is one.
function eachOnce(news: HeldClaims['news']): HeldClaims['news'] {
  const kept: HeldClaims['news'] = []
  for (const entry of news)
    if (!kept.some(({place: [start, end]}) => entry.place[0] < end && entry.place[1] > start)) kept.push(entry)
  return kept
}

/** Fewer proven quotes than this share are no reading of the posts. */
const FEWEST_PROVEN = 0.5

/**
 * Shares of the digest's statements, all of them: what the judge could not prove is neither supported nor contradicted and stays in
 * the denominator, so that an invented quote never raises a score. `supported`: what the posts say as well. `uncontradicted`: all but
 * what the posts say otherwise. `news_told`: of the posts' main news that the judge quoted, those that the digest tells.
 */
export function scoreClaims(claims: Claims, sample: JudgedSample, scores: readonly string[]): Record<string, Score> {
  const held = holdClaims(claims, sample)
  const computed = {...statementScores(held.statements, sample), news_told: newsScore(claims.news.length, held, sample)}
  return Object.fromEntries(Object.entries(computed).filter(([name]) => scores.includes(name)))
}

function statementScores(
  statements: readonly HeldStatement[],
  {source_text: source}: JudgedSample,
): Record<'supported' | 'uncontradicted', Score> {
  const of = (verdict: HeldStatement['verdict']) => statements.filter(statement => statement.verdict === verdict).length
  const [supported, contradicted, unproven] = [of('supported'), of('contradicted'), of('unproven')]
  const decided = supported + contradicted
  if (unproven > 0 && decided / (decided + unproven) < FEWEST_PROVEN) {
    const detail = `${unproven} of ${decided + unproven} quotes are not in the posts`
    const score: Score = {unmeasured: 'evidence_not_found', detail}
    return {supported: score, uncontradicted: score}
  }
  const score = (count: number, proof: HeldStatement['verdict']): Score => ({
    value: rounded(count / statements.length),
    evidence: statements.flatMap(({verdict, quote}) => (verdict === proof && quote ? [source.slice(...quote)] : [])),
  })
  return {
    supported: score(supported, 'supported'),
    uncontradicted: score(statements.length - contradicted, 'contradicted'),
  }
}

function newsScore(named: number, {news}: HeldClaims, {source_text: source}: JudgedSample): Score {
  if (named === 0) return {unmeasured: 'evidence_not_found', detail: 'the judge named no news of the posts'}
  if (news.length / named < FEWEST_PROVEN) {
    const detail = `only ${news.length} of ${named} news that the judge quoted are in the posts, each once`
    return {unmeasured: 'evidence_not_found', detail}
  }
  const told = news.filter(entry => entry.told).length
  return {value: rounded(told / news.length), evidence: news.map(({place}) => source.slice(...place))}
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

/** What a raw answer claims, held against the texts; undefined for one that cannot be read. */
export function claimsIn(reply: string, sample: JudgedSample): HeldClaims | undefined {
  const count = statementsOf(sample.summary_markdown).length
  const found = findJson(reply, json => readClaims(json, count))
  return 'value' in found ? holdClaims(found.value, sample) : undefined
}
