import type {Measurement} from '@ep23/statistics'

import {type Claim, documentFrequencies, factCoverage, faithfulness, tfIdfWeights, topTerms} from '../measures/facts.js'
import {markdownStructure} from '../measures/markdown-structure.js'
import {extractQuantities, quantityEvidence} from '../measures/quantities.js'
import {sentenceRedundancy} from '../measures/repetition.js'
import {rougeN} from '../measures/rouge.js'
import {type AnalyzedText, analyzeText, passagesOf} from './analyze-text.js'

/**
 * What a text can tell of a summary without understanding it; each from 0 (bad) to 1 (good), undefined where the texts offer
 * nothing to measure.
 */
export interface LexicalFeatures {
  /** ROUGE-1 of the summary against its source, F1. */
  word_overlap: Measurement
  /** Share of the terms that the source repeats which the summary names. */
  key_terms: Measurement
  /** Mean over the source's passages of the weighted share of their ten heaviest TF-IDF terms that the summary names. */
  fact_recall: Measurement
  /** Share of passages that some sentence of the summary is near (cosine of TF-IDF at least 0.2). */
  passages_covered: Measurement
  /** Share of the summary's numbers, dates and times that the source has. */
  number_precision: Measurement
  /** Share of the summary's names (capitals inside a sentence) that the source has. */
  name_precision: Measurement
  /** Share of the summary's different terms that the source has. */
  term_precision: Measurement
  /** 1 − how much its sentences repeat each other. */
  variety: Measurement
  /** Share of sentences of 3 to 40 words. */
  sentence_length: Measurement
  /** 1 when the Markdown is sound, less by 0.2 for each problem. */
  markdown: Measurement
}

export type FeatureName = keyof LexicalFeatures

const HEAVIEST_TERMS = 10
const NEAR = 0.2

/** A source as all its summaries see it: analysing it costs far more than a summary. */
export interface AnalyzedSource {
  text: string
  from: AnalyzedText
  /** Each passage's heaviest terms, and the weights of all. */
  posts: Parameters<typeof factCoverage>[1]
  frequencies: ReturnType<typeof documentFrequencies>
  quantities: readonly string[]
}

export function analyzeSource(text: string): AnalyzedSource {
  const passages = passagesOf(text)
  const frequencies = documentFrequencies(passages)
  const posts = passages.map(terms => {
    const weights = tfIdfWeights(terms, frequencies)
    return {facts: topTerms(weights, HEAVIEST_TERMS), terms: weights}
  })
  const from = analyzeText(text)
  return {text, from, posts, frequencies, quantities: [...quantityEvidence(from.text)]}
}

/**
 * Computes all features of one summary. Pure: the same texts give the same numbers on every machine. Headings are no statements:
 * they count for the Markdown alone.
 * @param known quantities that the summary may state although the source does not, such as `number:12` posts
 */
export function lexicalFeatures(
  source: AnalyzedSource,
  summary: string,
  known: readonly string[] = [],
): LexicalFeatures {
  const {from} = source
  const to = analyzeText(withoutHeadings(summary))
  return {
    word_overlap: from.words.length > 0 && to.words.length > 0 ? rougeN(to.words, from.words, 1).f1 : undefined,
    key_terms: keyTerms(from, to),
    ...coverageFeatures(source, to),
    ...precisionFeatures(source, to, known),
    variety: complement(sentenceRedundancy(to.sentences.map(sentence => sentence.words))),
    sentence_length: share(to.sentences, ({words}) => words.length >= 3 && words.length <= 40),
    markdown: Math.max(0, 1 - markdownStructure(summary).problems.length * 0.2),
  }
}

function keyTerms(source: AnalyzedText, summary: AnalyzedText): Measurement {
  const counts = new Map<string, number>()
  for (const term of source.terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  const named = new Set(summary.terms)
  const repeated = [...counts].filter(([, count]) => count > 1)
  return share(repeated, ([term]) => named.has(term))
}

function coverageFeatures(
  {posts, frequencies}: AnalyzedSource,
  summary: AnalyzedText,
): Pick<LexicalFeatures, 'fact_recall' | 'passages_covered'> {
  const sentences = summary.sentences.map(({terms}) => tfIdfWeights(terms, frequencies))
  const coverage = factCoverage({facts: new Set(summary.terms), sentences}, posts, NEAR)
  return {fact_recall: coverage.recall, passages_covered: coverage.postsCovered}
}

function precisionFeatures(
  {from: source, quantities: evidence}: AnalyzedSource,
  summary: AnalyzedText,
  knownQuantities: readonly string[],
): Pick<LexicalFeatures, 'number_precision' | 'name_precision' | 'term_precision'> {
  const known = new Set(source.terms)
  const quantities = new Set([...evidence, ...knownQuantities])
  const names = [...summary.names].map(([reading, text]): Claim => ({text, readings: [reading]}))
  return {
    number_precision: faithfulness(extractQuantities(summary.text), quantities).precision,
    name_precision: faithfulness(names, known).precision,
    term_precision: share([...new Set(summary.terms)], term => known.has(term)),
  }
}

// A text of headings alone is judged as it is.
function withoutHeadings(markdown: string): string {
  const body = markdown.replace(/^#{1,6} .*$/gmu, '')
  return body.trim() === '' ? markdown : body
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): Measurement {
  return items.length > 0 ? items.filter(holds).length / items.length : undefined
}

function complement(value: Measurement): Measurement {
  return value === undefined ? undefined : 1 - value
}
