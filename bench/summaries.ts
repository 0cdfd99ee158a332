// How good the first sentences of an article are, against what editors wrote, and how fast digests are made:
//
//   node bench/summaries.ts
//
// Quality: 200 Gazeta.ru articles of ../shared/data with the editors' summaries; three sentences are chosen from each and
// compared by ROUGE (F1, Russian stems) with the reference. The extractive summarizer takes a post's first sentences (lead-n):
// three at random (mean of 20 seeds) and three by LexRank show what that is worth. LexRank weighed by 1/place, which was
// here before, chose sentences 1, 2 and 3. The articles were cut in mid-sentence; that last piece is no candidate.
// Speed: the digests and reviews of five real channels' thirty days, processor time of this process.
import {readdirSync, readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

import {parse} from 'csv-parse/sync'

import {rougeL, rougeN} from '../plugins/benchmark/dist/measures/rouge.js'
import {extractiveSummarizer} from '../plugins/dataset/dist/adapters/summarizers/summarize-day.js'
import {randomOf} from '../plugins/dataset/dist/adapters/synthetic/random.js'
import {dayOf, dayWindow} from '../plugins/dataset/dist/domain/day-window.js'
import {contentTerms, lexRank, termVectors} from '../plugins/dataset/dist/text/term-vectors.js'
import {splitSentences, stemmedWords} from '../plugins/dataset/dist/text/index.js'
import {buildDigest} from '../plugins/dataset/dist/usecases/build-digest.js'
import {cleanPosts} from '../plugins/dataset/dist/usecases/clean-posts.js'
import {writeReview} from '../plugins/dataset/dist/usecases/review/write-review.js'

const DATA = new URL('../../shared/data/', import.meta.url)
const CHOSEN = 3
const RANDOM_SEEDS = 20
const ZONE = 'Europe/Moscow'
const CHANNELS = ['naked_science', 'habr', 'proglib', 'moscowach', 'moskva_live'] as const

interface Article {
  sentences: string[]
  reference: string[]
}

type Choose = (article: Article) => readonly number[]

function readArticles(): Article[] {
  const csv = gunzipSync(readFileSync(new URL('summaries/gazeta_t5_200.csv.gz', DATA)))
  const rows = parse<Record<string, string>>(csv, {columns: true})
  return rows
    .map(row => ({
      sentences: splitSentences(row['full_text'] ?? '')
        .map(({text}) => text)
        .slice(0, -1),
      reference: stemmedWords(row['ref_summary'] ?? ''),
    }))
    .filter(({sentences}) => sentences.length > CHOSEN)
}

function chooseByCentrality({sentences}: Article): number[] {
  const scores = lexRank(termVectors(sentences.map(contentTerms)))
  return [...scores.keys()]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .slice(0, CHOSEN)
    .sort((a, b) => a - b)
}

function chooseAtRandom(seed: number): Choose {
  return ({sentences, reference}) =>
    randomOf('bench', seed, reference.join(' '))
      .shuffle([...sentences.keys()])
      .slice(0, CHOSEN)
      .sort((a, b) => a - b)
}

function rouge(articles: readonly Article[], choose: Choose): number[] {
  const sums = [0, 0, 0]
  for (const article of articles) {
    const chosen = choose(article).flatMap(index => stemmedWords(article.sentences[index] ?? ''))
    const scores = [
      rougeN(chosen, article.reference, 1),
      rougeN(chosen, article.reference, 2),
      rougeL(chosen, article.reference),
    ]
    for (const [index, {f1}] of scores.entries()) sums[index] = (sums[index] ?? 0) + f1
  }
  return sums.map(sum => sum / articles.length)
}

function printScores(name: string, scores: readonly number[], baseline: readonly number[]): void {
  const cells = scores.map((score, index) => `${score.toFixed(4)} (${(score / (baseline[index] ?? 1)).toFixed(2)} x)`)
  console.log(name.padEnd(34), cells.join('  '))
}

function measureQuality(): void {
  const articles = readArticles()
  const lead = rouge(articles, () => [0, 1, 2])
  const random = Array.from({length: RANDOM_SEEDS}, (_, seed) => rouge(articles, chooseAtRandom(seed)))
  const meanRandom = lead.map(
    (_, index) => random.reduce((sum, scores) => sum + (scores[index] ?? 0), 0) / RANDOM_SEEDS,
  )
  console.log(`${articles.length} articles; ROUGE-1, ROUGE-2, ROUGE-L (F1), ratio to the first three sentences`)
  printScores(`first three sentences (${extractiveSummarizer.name})`, lead, lead)
  printScores(`three at random (${RANDOM_SEEDS} seeds)`, meanRandom, lead)
  printScores('three by LexRank', rouge(articles, chooseByCentrality), lead)
}

function readChannel(slug: string) {
  const folder = new URL('telegram/telethon-lite/', DATA)
  const file = readdirSync(folder).find(name => name.startsWith(`${slug}.`)) ?? ''
  const window = dayWindow({until: '2024-12-03', days: 30, zone: ZONE})
  const messages = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
    message_id: number
    date: string
    text: string
  }[]
  const posts = messages
    .map(({message_id, date, text}) => ({
      channel: {username: slug},
      post_id: String(message_id),
      published_at: new Date(date),
      text,
    }))
    .filter(({published_at}) => published_at >= window.from && published_at < window.to)
  return Map.groupBy(posts, ({published_at}) => dayOf(published_at, ZONE))
}

async function measureSpeed(): Promise<void> {
  const channels = CHANNELS.map(slug => [`@${slug}`, readChannel(slug)] as const)
  const clock = {now: () => new Date(), monotonic: () => performance.now() / 1000}
  const deps = {summarizer: extractiveSummarizer, clock, signal: new AbortController().signal}
  const spent = {clean: 0, digests: 0, reviews: 0}
  let count = 0
  const timed = async <T>(step: keyof typeof spent, work: () => T | Promise<T>): Promise<T> => {
    const before = process.cpuUsage()
    const result = await work()
    const {user, system} = process.cpuUsage(before)
    spent[step] += (user + system) / 1e6
    return result
  }
  for (const [channel, posts] of channels) {
    const {byDay} = await timed('clean', () => cleanPosts(posts, channel))
    for (const [day, ofDay] of byDay) {
      const digest = await timed('digests', () => buildDigest(deps, {channel, day, zone: ZONE, posts: ofDay}))
      await timed('reviews', () => writeReview({clock}, digest))
      count++
    }
  }
  console.log(
    `${count} digests: ` +
      Object.entries(spent)
        .map(([step, seconds]) => `${step} ${seconds.toFixed(2)} s`)
        .join(', ') +
      ' of processor time',
  )
}

measureQuality()
await measureSpeed()
