// What the offline judge can tell apart: the four scores of sound digests beside those of digests damaged on purpose.
//
//   node bench/lexical-damage.ts dataset.jsonl        (from `ep23 exporters:run digests`, or a run's folder)
//
// The baseline is the first line. The thresholds of the scale `lexical` in config/scenarios/channel_digest_ru.yaml come from here.
import {clusterMeanInterval, seededRandom} from '@ep23/statistics'
import {readFileSync} from 'node:fs'

import {isMeasured, type JudgedSample} from '@ep23/sdk'

import {lexicalScores} from '../plugins/benchmark/dist/domain/lexical-scores.js'

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name a file of digests')
const samples = readFileSync(file, 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as JudgedSample)
const random = seededRandom(1)

const DAMAGE: Record<string, (sample: JudgedSample) => string> = {
  sound: sample => sample.summary_markdown,
  'of another day': sample => {
    const same = samples.filter(({channel}) => channel === sample.channel)
    return same[(same.indexOf(sample) + 7) % same.length]?.summary_markdown ?? ''
  },
  'numbers changed': ({summary_markdown: text}) =>
    text.replace(/\d+/gu, digits => String(Number(digits) + 1 + random.below(9))),
  'half of the items': sample => withItems(sample, items => items.slice(0, Math.ceil(items.length / 2))),
  'first item only': sample => withItems(sample, items => items.slice(0, 1)),
  'items twice': sample => withItems(sample, items => [...items, ...items]),
  'words shuffled': ({summary_markdown: text}) => shuffled(text.split(/\s+/u)).join(' '),
}

for (const [name, damage] of Object.entries(DAMAGE)) {
  const scores = samples.map(sample => lexicalScores({...sample, summary_markdown: damage(sample)}))
  const columns = Object.keys(scores[0] ?? {}).map(score => `${score} ${meanOf(scores.map(of => of[score]))}`)
  console.log(`${name.padEnd(18)} ${columns.join(' · ')}`)
}

function meanOf(scores: Parameters<typeof isMeasured>[0][]): string {
  const values = scores.map(score => (isMeasured(score) ? score.value : undefined))
  const {estimate, low, high} = clusterMeanInterval(
    values,
    samples.map(({channel}) => channel),
  )
  return `${estimate?.toFixed(3)} [${low?.toFixed(2)}, ${high?.toFixed(2)}]`
}

function withItems({summary_markdown: text}: JudgedSample, change: (items: string[]) => string[]): string {
  const lines = text.split('\n')
  const isItem = (line: string): boolean => line.startsWith('- ')
  return [...lines.filter(line => !isItem(line)), ...change(lines.filter(isItem))].join('\n')
}

function shuffled(words: string[]): string[] {
  for (let last = words.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    ;[words[last], words[other]] = [words[other] ?? '', words[last] ?? '']
  }
  return words
}
