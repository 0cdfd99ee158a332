import {postFinder} from '@ep23/plugin-dataset'
import {tokenize} from '@ep23/plugin-dataset/text'
import type {JudgedSample} from '@ep23/sdk'

import {analyzeText} from '../../domain/analyze-text.js'
import {claimsPrompt} from '../../domain/claims/claims-prompt.js'
import {analyzeSource, type AnalyzedSource} from '../../domain/lexical-features.js'
import {knownQuantities} from '../../domain/lexical-scores.js'
import {reasonsIn} from '../../domain/read-verdicts.js'
import type {RunResult} from '../../domain/run-result.js'
import {sampleDay} from '../compare/align-samples.js'
import type {
  FactView,
  KeptPost,
  Place,
  SampleView,
  ViewBullet,
  ViewJudgement,
  ViewPost,
} from '../../domain/view-data.js'
import {factCoverage, tfIdfWeights, topTerms} from '../../measures/facts.js'
import {extractQuantities} from '../../measures/quantities.js'
import {QuotedText} from '../../domain/quotes.js'
import {claimsView} from './claims-view.js'
import type {JudgedDigest} from './judged-samples.js'
import {isAnew, writerName} from './run-head.js'
import {findFragments, quotesIn} from './shared-places.js'

const NEAR = 0.2
const HEAVIEST_TERMS = 10
// A line ends at a line feed only: other separators stand inside of texts.
const BULLET = /(?<=^|\n)[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n]+\S[^\n]*/gu
/** Where a bullet leads: an address of Telegram, or a post's place in the document where it has none. */
const POST_LINK = /(?<target>https?:\/\/(?:t|telegram)\.me\/[^\s)\]]+\/\d+|(?<=\]\()#post-[^\s)]+)/u

/** A digest beside its posts, with what both say and what only one says. @param kept the day's posts, where the store still has them */
export function sampleView(
  {run_id, scenario, identity, assessment}: Pick<RunResult, 'run_id' | 'scenario' | 'identity' | 'assessment'>,
  {record, lines, others, replies}: JudgedDigest & {replies: ReadonlyMap<string, string>},
  kept: readonly KeptPost[] | undefined,
): SampleView {
  const {sample_id, channel, timestamp, metadata, source_text: source, summary_markdown: summary} = record
  const posts = kept ? postsIn(source, kept) : null
  const quoted = new QuotedText(source)
  // Half of the time that a digest takes, and asked for twice.
  const analyzed = analyzeSource(source)
  const isClaims = identity.judge.prompt?.version === claimsPrompt.version
  const told = (reply: string | undefined, answer: number): Pick<ViewJudgement, 'reasons' | 'claims'> => ({
    reasons: reply === undefined || isClaims ? {} : reasonsIn(reply, scenario.scores),
    // Other answers to the source are other texts, which are not shown.
    claims: reply !== undefined && isClaims && answer === lines[0]?.answer ? claimsView(reply, record, posts) : null,
  })
  return {
    run_id,
    sample_id,
    channel,
    day: sampleDay({sample_id, timestamp}),
    origin: metadata.origin,
    writer: writerName(metadata['llm_model']),
    anew: isAnew({assessment}),
    source,
    summary,
    posts,
    tokens: tokenize(summary).map(({start, end}) => [start, end] as const),
    bullets: bulletsOf(record, posts && kept),
    fragments: fragmentsOf(record),
    others: others.map(other => ({
      writer: writerName(other.metadata['llm_model']),
      summary: other.summary_markdown,
      fragments: fragmentsOf(other),
    })),
    facts: factsOf(analyzed, summary, knownQuantities(metadata)),
    missing: missingIn(record, analyzed, posts),
    judgements: lines.map(({answer, repeat, scores, trail}) => {
      const reply = replies.get(trail?.reply_sha256 ?? '')
      const evidence = Object.values(scores).flatMap(score => quotesIn(quoted, score))
      return {answer, repeat, scores, evidence, ...told(reply, answer)}
    }),
    truncated: Math.max(0, ...lines.map(line => line.truncated_characters)),
  }
}

function fragmentsOf({source_text: source, summary_markdown: summary}: JudgedSample): SampleView['fragments'] {
  return findFragments(source, summary).map(({summary: to, source: from}) => [...to, ...from] as const)
}

/** Where each post stands in the source; null when these are not the posts that were judged. */
function postsIn(source: string, kept: readonly KeptPost[]): ViewPost[] | null {
  let from = 0
  const posts: ViewPost[] = []
  for (const {post_id, title, text, url, published_at} of kept) {
    const whole = title ? `${title}\n${text}` : text
    const start = source.indexOf(whole, from)
    if (start < 0) return null
    from = start + whole.length
    posts.push({post_id, url: url ?? null, published_at: new Date(published_at).toISOString(), place: [start, from]})
  }
  return posts
}

/** @param posts of the day, when they are known to be those that were judged */
function bulletsOf(
  {channel, summary_markdown: summary}: JudgedSample,
  posts: readonly KeptPost[] | null | undefined,
): ViewBullet[] {
  const linked = posts?.map(({post_id, url}) => ({post_id, ...(url !== undefined && {url})})) ?? []
  const find = postFinder(channel, linked)
  return [...summary.matchAll(BULLET)].map(({0: line, index}) => {
    const place = [index, index + line.length] as const
    const target = POST_LINK.exec(line)?.groups?.['target']
    if (target === undefined || !posts) return {place}
    const post = find(target)
    return {place, post: post ? linked.indexOf(post) : null}
  })
}

function factsOf({quantities, from}: AnalyzedSource, summary: string, stated: readonly string[]): FactView[] {
  const body = summary.replaceAll(/^#{1,6} .*$/gmu, heading => ' '.repeat(heading.length))
  const [known, terms] = [new Set([...quantities, ...stated]), new Set(from.terms)]
  const numbers = extractQuantities(withoutLinks(body)).map(({text, readings}) => ({
    text,
    supported: readings.some(reading => known.has(reading)),
  }))
  const names = [...analyzeText(withoutLinks(body)).names].map(([reading, text]) => ({
    text,
    supported: terms.has(reading),
  }))
  return [...numbers, ...names]
    .flatMap(({text, supported}) => {
      const start = body.indexOf(text)
      return start < 0 ? [] : [{text, supported, place: [start, start + text.length] as const}]
    })
    .toSorted((a, b) => a.place[0] - b.place[0])
}

// A link's address is no statement; its length stays, so that places stay.
function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/\[[^\]]*\]\([^)]*\)|https?:\/\/\S+/gu, link => ' '.repeat(link.length))
}

/** Passages that no sentence of the summary is near. */
function missingIn(
  {source_text: source, summary_markdown: summary}: JudgedSample,
  {frequencies}: AnalyzedSource,
  posts: readonly ViewPost[] | null,
): SampleView['missing'] {
  const places = (posts?.map(({place}) => place) ?? paragraphsOf(source)).filter(([start, end]) => end - start > 40)
  const to = analyzeText(summary)
  const sentences = to.sentences.map(({terms}) => tfIdfWeights(terms, frequencies))
  const passages = places.map(([start, end]) => tfIdfWeights(analyzeText(source.slice(start, end)).terms, frequencies))
  const facts = passages.map(terms => ({terms, facts: topTerms(terms, HEAVIEST_TERMS)}))
  const {posts: covered} = factCoverage({facts: new Set(to.terms), sentences}, facts, NEAR)
  return places
    .filter((_, index) => covered[index]?.covered === false)
    .map(place => ({text: firstLine(source.slice(...place)), place}))
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().replaceAll(/[*_`]/gu, '').split('\n')
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

function paragraphsOf(source: string): Place[] {
  return [...source.matchAll(/\S(?:.|\n(?!\s*\n))*/gu)].map(({0: text, index}) => [index, index + text.length])
}
