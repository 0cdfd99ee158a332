// The table of docs/daily.md and its Russian twin, from what the bench wrote:
//
//   node bench/daily-rates.ts --output docs/data/daily-rates.jsonl
//   node bench/daily-table.ts [--check]
//
// With --check nothing is written, and a page that differs, or a rate beyond its limit, is exit 2.
import {readFileSync} from 'node:fs'

import {writePageTables} from './harness/page-tables.ts'

interface Found {
  found: number
  delay: number
}
interface Row {
  scores: number
  fall: number
  correlation: number
  outliers: boolean
  false: number
  'drop of 1 sd': Found
  'drop of 2 sd': Found
}

const rows = readFileSync(new URL('../docs/data/daily-rates.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row)
writePageTables('daily.md', {rates: table()}, [
  ['watched', 'смотрим оценок'],
  ['fall', 'падает'],
  ['days resemble the day before', 'день похож на вчерашний'],
  ['false alarm in 90 days', 'ложная тревога за 90 дней'],
  ['drop of 1 deviation', 'спад на 1 отклонение'],
  ['of 2', 'на 2'],
  ['with outliers', 'с выбросами'],
  [/ d /gu, ' дн. '],
])
for (const row of rows)
  if (row.false > 22 || row['drop of 2 sd'].found < 95) fail(`beyond the limits: ${JSON.stringify(row)}`)

function table(): string {
  const head = '| watched | fall | days resemble the day before | false alarm in 90 days | drop of 1 deviation | of 2 |'
  const lines = rows.map(
    row =>
      `| ${row.scores} | ${row.fall} | φ ${row.correlation}${row.outliers ? ', with outliers' : ''} | ${row.false} % | ${told(row['drop of 1 sd'])} | ${told(row['drop of 2 sd'])} |`,
  )
  return [head, '| --- | --- | --- | --- | --- | --- |', ...lines].join('\n')
}

function told({found, delay}: Found): string {
  return `${found} %, ${delay} d`
}

function fail(problem: string): void {
  console.error(problem)
  process.exitCode = 2
}
