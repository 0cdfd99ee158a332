import type {JudgedSample, Score} from '@ep23/sdk'
import {textSignature} from '@ep23/plugin-dataset/text'

import {judgeSignature} from '../judge-signature.js'
import {analyzeSource, lexicalFeatures} from './lexical-features.js'
import {LEXICAL_SCORES, LEXICAL_VERSION, LEXICAL_WEIGHTS} from './lexical-weights.js'
import {weightedMean} from './weighted-mean.js'

/** `lexical|case:lc|sent:ru-2|stem:sb3|stop:snowball|tok:ru-1|yo:e|v:1` */
export const LEXICAL_SIGNATURE = judgeSignature('lexical', LEXICAL_VERSION, signatureParts())

/**
 * The four scores of one summary, rounded to six places so that files show what was compared.
 * @param source of the same text, where it was analysed already
 */
export function lexicalScores(sample: JudgedSample, source = analyzeSource(sample.source_text)): Record<string, Score> {
  const features = lexicalFeatures(source, sample.summary_markdown, knownQuantities(sample.metadata))
  return Object.fromEntries(
    LEXICAL_SCORES.map(name => [name, toScore(weightedMean(features, LEXICAL_WEIGHTS[name]))] as const),
  )
}

/** A digest may say of how many posts it is; no post says so. */
function knownQuantities({posts_count: posts}: JudgedSample['metadata']): string[] {
  return typeof posts === 'number' ? [`number:${posts}`] : []
}

function toScore(value: number | undefined): Score {
  if (value === undefined) return {unmeasured: 'not_applicable', detail: 'the texts have nothing to measure it by'}
  return {value: Math.round(value * 1e6) / 1e6}
}

function signatureParts(): Record<string, string> {
  const parts = textSignature({stem: true, sentences: true, stopWords: true}).split('|')
  return Object.fromEntries(parts.map(part => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]))
}
