import {textSignature, words} from '@ep23/plugin-dataset/text'
import {isMeasured, type Judge, type JudgedSample, type Judgement, ownField} from '@ep23/sdk'
import type {Measurement} from '@ep23/statistics'

import type {RaterValues, LabelledSummary} from '../../domain/calibration.js'
import {
  analyzeSource,
  type AnalyzedSource,
  type FeatureName,
  lexicalFeatures,
  type LexicalFeatures,
} from '../../domain/lexical-features.js'
import {chrf} from '../../measures/chrf.js'
import {extractiveness} from '../../measures/extractive-fragments.js'
import {distinctN} from '../../measures/repetition.js'
import {rouge} from '../../measures/rouge.js'
import {type MeasureName, measureSignature} from '../../measures/signature.js'

interface Texts extends LabelledSummary {
  from: readonly string[]
  to: readonly string[]
  overlap: ReturnType<typeof rouge>
}

type Measure = (texts: Texts) => Measurement

/** Each summary is held against its whole source. */
const MEASURES: readonly (readonly [MeasureName, Measure])[] = [
  ['rouge1', ({overlap}) => overlap.rouge1.f1],
  ['rouge2', ({overlap}) => overlap.rouge2.f1],
  ['rougeL', ({overlap}) => overlap.rougeL.f1],
  ['chrf++', ({summary, source}) => chrf(summary, [source], {wordOrder: 2})],
  ['extractive_coverage', ({to, from}) => extractiveness(to, from).coverage],
  ['extractive_density', ({to, from}) => extractiveness(to, from).density],
  ['compression', ({to, from}) => extractiveness(to, from).compression],
  ['distinct2', ({to}) => distinctN(to, 2)],
  ['distinct3', ({to}) => distinctN(to, 3)],
]

const ON_CHARACTERS: readonly MeasureName[] = ['chrf++']

const LENGTH = 'log_length'

/** The values of every measure, and of the length that they must beat. It stops after each summary. */
export function* rateByMeasures(labels: readonly LabelledSummary[]): Generator<undefined, RaterValues[]> {
  const sources = new Map(labels.map(({source}) => [source, undefined as string[] | undefined]))
  const wordsOf = (source: string): string[] => {
    const known = sources.get(source) ?? words(source)
    sources.set(source, known)
    return known
  }
  const texts = yield* eachOf(labels, label => {
    const [from, to] = [wordsOf(label.source), words(label.summary)]
    return {...label, from, to, overlap: rouge(to, from)}
  })
  const length = {
    name: LENGTH,
    kind: 'measure' as const,
    signature: `${LENGTH}|v:1`,
    model: null,
    values: lengthsOf(labels),
  }
  const measured: RaterValues[] = []
  for (const [name, measure] of MEASURES) {
    const signature = measureSignature(name, ON_CHARACTERS.includes(name) ? {case: 'mixed'} : wordParts())
    measured.push({name, kind: 'measure', signature, model: null, values: yield* eachOf(texts, measure)})
  }
  return [length, ...measured]
}

/** `map` that stops after each value. */
function* eachOf<T, R>(values: readonly T[], result: (value: T) => R): Generator<undefined, R[]> {
  const results: R[] = []
  for (const value of values) {
    results.push(result(value))
    yield
  }
  return results
}

/** Log of the number of words: whoever only counts them correlates with people, too. */
export function lengthsOf(labels: readonly LabelledSummary[]): number[] {
  return labels.map(({summary}) => Math.log(1 + words(summary).length))
}

/** It stops after each summary. */
export function* featuresOf(labels: readonly LabelledSummary[]): Generator<undefined, LexicalFeatures[]> {
  const sources = new Map<string, AnalyzedSource>()
  return yield* eachOf(labels, ({source, summary}) => {
    const analyzed = sources.get(source) ?? analyzeSource(source)
    sources.set(source, analyzed)
    return lexicalFeatures(analyzed, summary)
  })
}

/** The values of the lexical judge's features. */
export function rateByFeatures(features: readonly LexicalFeatures[], signature: string): RaterValues[] {
  const names = Object.keys(features[0] ?? {}) as FeatureName[]
  return names.map(name => ({name, kind: 'feature', signature, model: null, values: features.map(row => row[name])}))
}

/** The values of each of a judge's scores; what it could not measure stays unmeasured. */
export async function rateByJudge(
  judge: Judge,
  labels: readonly LabelledSummary[],
  {signal, onRated}: {signal: AbortSignal; onRated?: (rated: number) => void},
): Promise<RaterValues[]> {
  const judgements: Judgement[] = []
  for (const [index, label] of labels.entries()) {
    signal.throwIfAborted()
    judgements.push(await judge.judge(toSample(label, index), {answer: 1, repeat: 1, signal}))
    onRated?.(index + 1)
  }
  return judge.scores.map(score => ({
    name: `${judge.name}.${score}`,
    kind: 'judge',
    signature: judge.signature,
    model: judge.model ?? null,
    values: judgements.map(({scores}) => {
      const value = ownField(scores, score)
      return isMeasured(value) ? value.value : undefined
    }),
  }))
}

function toSample({source, summary, group}: LabelledSummary, index: number): JudgedSample {
  return {
    sample_id: `label:${index + 1}`,
    channel: group,
    language: 'ru',
    timestamp: new Date(0).toISOString(),
    source_text: source,
    summary_markdown: summary,
    metadata: {origin: 'telegram'},
  }
}

function wordParts(): Record<string, string> {
  const parts = textSignature().split('|')
  return Object.fromEntries(parts.map(part => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]))
}
