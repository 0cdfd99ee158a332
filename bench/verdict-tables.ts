// The tables of docs/benchmark-verdicts.md and its Russian twin, from what the benches wrote:
//
//   node bench/interval-coverage.ts --output docs/data/interval-coverage.jsonl
//   node bench/comparison-rates.ts --output docs/data/comparison-rates.jsonl
//   node bench/verdict-tables.ts [--check]
//
// Each cell is the worst of its days, shares between channels and ways of sharing; the files hold all of them. With --check
// nothing is written, and a page that differs is exit 2.
import {readFileSync} from 'node:fs'

import {writePageTables} from './harness/page-tables.ts'

interface Where {
  kind: string
  channels: number
  days: number
  between: number
}
interface Held {
  covers: number
  passes: number
}
interface Found {
  finds: number
  found: number
}
interface Coverage {
  runs: number
  rows: (Where & {score: Held; student: Held})[]
}
interface Rates {
  runs: number
  alarms: (Where & {channel: number; sample: number})[]
  power: (Omit<Where, 'kind'> & {channel: Found; sample: Found})[]
  advice: (Omit<Where, 'kind'> & {advised: number; decided: number})[]
  rare: {pairs: number; lose: number; missed: number}[]
}

const coverage = read('interval-coverage') as Coverage
const rates = read('comparison-rates') as Rates
const TABLES: Record<string, string> = {
  coverage: coverageTable(coverage),
  alarms: alarmsTable(rates),
  power: powerTable(rates),
  advice: adviceTable(rates),
  rare: rareTable(rates),
}

writePageTables('benchmark-verdicts.md', TABLES, [
  ['undecided gates that are told how much', 'нерешённые пороги, для которых назван объём'],
  ['decided when it is followed', 'решено, если его добавить'],
  ['channels × days', 'каналы × дни'],
  ['by channel finds', 'по каналам заметно'],
  ['by sample finds', 'по образцам заметно'],
  ['pairs', 'пары'],
  [/(\d+) % lose 1/gu, '$1 % теряют 1'],
  ['between', 'между'],
  ['found', 'найдено'],
  ['nothing', 'ничего'],
  ['from ', 'от '],
  [/(\d+) channels/gu, 'каналов: $1'],
  ["Student's t, all", 't Стьюдента, все'],
  [/(\d+) cells of (\d+) runs each\./gu, 'Ячеек: $1, в каждой $2 прогонов.'],
  [/(\d+) cells of (\d+) comparisons each\./gu, 'Ячеек: $1, в каждой $2 сравнений.'],
  ['scores', 'оценки'],
  ['normal', 'нормальные'],
  ['in steps', 'ступенями'],
  ['near the ceiling', 'у потолка'],
  ['skewed', 'скошенные'],
])

/** Settings in the first line, then a line a row, which names its table. */
function read(name: string): unknown {
  const text = readFileSync(new URL(`../docs/data/${name}.jsonl`, import.meta.url), 'utf8')
  const [settings = {}, ...rows] = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  return {...settings, ...Object.fromEntries(Map.groupBy(rows, ({table: of}) => String(of)))}
}

function coverageTable({rows, runs}: Coverage): string {
  const channels = [...new Set(rows.map(row => row.channels))]
  const header = ['scores', ...channels.map(count => `${count} channels`), "Student's t, all"]
  const body = [...Map.groupBy(rows, ({kind}) => kind)].map(([kind, own]) => [
    kind,
    ...channels.map(count => worst(own.filter(row => row.channels === count).map(({score}) => score))),
    worst(own.map(({student}) => student)),
  ])
  return `${table(header, body)}\n\n${rows.length} cells of ${runs} runs each.`
}

function worst(held: readonly Held[]): string {
  return `${Math.min(...held.map(({covers}) => covers))} / ${Math.max(...held.map(({passes}) => passes))} %`
}

function alarmsTable({alarms, runs}: Rates): string {
  const channels = [...new Set(alarms.map(row => row.channels))]
  const most = (rows: readonly {channel: number; sample: number}[]) =>
    `${Math.max(...rows.map(({channel}) => channel))} / ${Math.max(...rows.map(({sample}) => sample))} %`
  const body = [...Map.groupBy(alarms, ({kind}) => kind)].map(([kind, own]) => [
    kind,
    ...channels.map(count => most(own.filter(row => row.channels === count))),
  ])
  return `${table(['scores', ...channels.map(count => `${count} channels`)], body)}\n\n${alarms.length} cells of ${runs} comparisons each.`
}

function powerTable({power}: Rates): string {
  const shown = ({finds, found}: Found) => [finds > 1 ? 'nothing' : `from ${finds}`, `${found} %`]
  const body = power.map(({channels, days, between, channel, sample}) => [
    `${channels} × ${days}`,
    `${between * 100} %`,
    ...shown(channel),
    ...shown(sample),
  ])
  return table(['channels × days', 'between', 'by channel finds', 'found', 'by sample finds', 'found'], body)
}

function adviceTable({advice}: Rates): string {
  const body = advice.map(({channels, days, between, advised, decided}) => [
    `${channels} × ${days}`,
    `${between * 100} %`,
    `${advised} %`,
    `${decided} %`,
  ])
  return table(
    ['channels × days', 'between', 'undecided gates that are told how much', 'decided when it is followed'],
    body,
  )
}

function rareTable({rare}: Rates): string {
  const shares = [...new Set(rare.map(({lose}) => lose))]
  const body = [...Map.groupBy(rare, ({pairs}) => pairs)].map(([pairs, own]) => [
    String(pairs),
    ...own.map(({missed}) => `${missed} %`),
  ])
  return table(['pairs', ...shares.map(lose => `${100 * lose} % lose 1 (−${lose})`)], body)
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
