// How long the measures take on real Russian texts and the resampling on 150 scores, each in the CPU time of this process:
//
//   node bench/measures.ts [--rounds N]
//
// 150 samples, each six news articles joined (about 1,450 tokens) and three editors' summaries (about 135), from ../shared/data.
// Baseline, measured in the same run: the textbook table of the longest common subsequence, one cell at a time.
import {parseArgs} from 'node:util'

import * as statistics from '@ep23/statistics'

import {chrf} from '../plugins/benchmark/dist/measures/chrf.js'
import {extractiveness} from '../plugins/benchmark/dist/measures/extractive-fragments.js'
import {faithfulness} from '../plugins/benchmark/dist/measures/facts.js'
import {extractQuantities, quantityEvidence} from '../plugins/benchmark/dist/measures/quantities.js'
import {sentenceRedundancy} from '../plugins/benchmark/dist/measures/repetition.js'
import {rougeL, rougeN} from '../plugins/benchmark/dist/measures/rouge.js'
import {newsRows, simpleSentences, simpleTokens} from '../plugins/benchmark/test/measures/reference.ts'

interface Sample {
  source: string
  summary: string
  sourceTokens: string[]
  summaryTokens: string[]
  summarySentences: string[][]
}

const {values: flags} = parseArgs({options: {rounds: {type: 'string', default: '5'}}})
const rounds = Number(flags.rounds)
const samples = joinedNews(150)
const scores = Array.from({length: 150}, (_, i) => 0.6 + 0.4 * Math.sin(i * i) ** 2)
const others = scores.map((score, i) => score + 0.2 * Math.sin(7 * i))
const clusters = scores.map((_, i) => `channel ${i % 5}`)
const ratings = scores.map((score, i) => [Math.round(5 * score), Math.round(5 * (others[i] ?? 0))])

const PER_SAMPLE: Record<string, (sample: Sample) => unknown> = {
  'ROUGE-1': s => rougeN(s.summaryTokens, s.sourceTokens, 1),
  'ROUGE-2': s => rougeN(s.summaryTokens, s.sourceTokens, 2),
  'ROUGE-L': s => rougeL(s.summaryTokens, s.sourceTokens),
  chrF: s => chrf(s.summary, [s.source]),
  'chrF++': s => chrf(s.summary, [s.source], {wordOrder: 2}),
  'extractive fragments': s => extractiveness(s.summaryTokens, s.sourceTokens),
  'sentence redundancy': s => sentenceRedundancy(s.summarySentences),
  'number faithfulness': s => faithfulness(extractQuantities(s.summary), quantityEvidence(s.source)),
}
const WHOLE: Record<string, () => unknown> = {
  'bootstrap, 10,000 x 150': () => statistics.bootstrapMeanInterval(scores, {seed: 1}),
  'BCa, 10,000 x 150': () => statistics.bootstrapMeanInterval(scores, {seed: 1, method: 'bca'}),
  'cluster bootstrap, 10,000 x 150': () => statistics.clusterBootstrapInterval(scores, clusters, {seed: 1}),
  'sign flips, 10,000 x 150': () =>
    statistics.signFlipTest(
      scores.map((score, i) => (others[i] ?? 0) - score),
      {seed: 1},
    ),
  'Spearman with interval, 10,000 x 150': () => statistics.pairInterval(scores, others, statistics.spearman, {seed: 1}),
  'tau-b with interval, 10,000 x 150': () => statistics.pairInterval(scores, others, statistics.kendallTauB, {seed: 1}),
  'ordinal alpha with interval, 10,000 x 150': () =>
    statistics.bootstrapInterval(ratings, units => statistics.krippendorffAlpha(units, 'ordinal'), {seed: 1}),
}

const table = medianSeconds(() => samples.forEach(s => textbookLcs(s.summaryTokens, s.sourceTokens)))
console.log(`textbook LCS, 150 samples: ${milliseconds(table)} (the baseline)`)
let total = 0
for (const [name, measure] of Object.entries(PER_SAMPLE)) {
  const seconds = medianSeconds(() => samples.forEach(measure))
  total += seconds
  console.log(`${name.padEnd(42)} ${milliseconds(seconds)}   ${(seconds / table).toFixed(2)} x baseline`)
}
console.log(`${'all of them, 150 samples'.padEnd(42)} ${milliseconds(total)}`)
for (const [name, work] of Object.entries(WHOLE)) console.log(`${name.padEnd(42)} ${milliseconds(medianSeconds(work))}`)

function joinedNews(count: number): Sample[] {
  const rows = newsRows()
  const join = (first: number, many: number, part: 'article' | 'reference') =>
    Array.from({length: many}, (_, i) => rows[(first + i) % rows.length]?.[part] ?? '').join('\n')
  return Array.from({length: count}, (_, i) => {
    const [source, summary] = [join(i, 6, 'article'), join(i, 3, 'reference')]
    return {
      source,
      summary,
      sourceTokens: simpleTokens(source),
      summaryTokens: simpleTokens(summary),
      summarySentences: simpleSentences(summary),
    }
  })
}

function textbookLcs(a: readonly string[], b: readonly string[]): number {
  let above = new Uint16Array(b.length + 1)
  for (const x of a) {
    const row = new Uint16Array(b.length + 1)
    for (let j = 1; j <= b.length; j++)
      row[j] = x === b[j - 1] ? at(above, j - 1) + 1 : Math.max(at(above, j), at(row, j - 1))
    above = row
  }
  return at(above, b.length)
}

function at(row: Uint16Array, place: number): number {
  return row[place] ?? 0
}

function medianSeconds(work: () => unknown): number {
  work()
  const times = Array.from({length: rounds}, () => {
    const before = process.cpuUsage()
    work()
    const {user, system} = process.cpuUsage(before)
    return (user + system) / 1e6
  })
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0).padStart(5)} ms`
}
