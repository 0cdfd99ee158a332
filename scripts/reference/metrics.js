import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {described} from './markdown.js'
import {MEANINGS} from './metrics-words.js'

const RUSSIAN = [
  ['# Metrics', '# Метрики'],
  [
    '| metric | kind | unit | labels | series at most | meaning |',
    '| метрика | вид | единица | метки | рядов не больше | что значит |',
  ],
]
const ABOUT =
  'Что `ep23 observability:serve` показывает на `/metrics`. Все ряды закрытого набора меток есть с начала, с нулём. Значение метки вне её пределов записывается как `other`. Метрики с пометкой *internal* не для дашбордов и тревог.'

/** `ep23 observability:docs` writes docs/metrics.md from the declarations; here it is in Russian. */
export function russianMetrics(root) {
  const [, ...lines] = readFileSync(join(root, 'docs/metrics.md'), 'utf8').trimEnd().split('\n')
  const page = lines.join('\n').trim()
  const [title, , ...rest] = RUSSIAN.reduce((text, [from, to]) => text.replaceAll(from, to), page).split('\n')
  return [title, '', ABOUT, '', ...rest.slice(rest.findIndex(line => line.startsWith('## '))).map(russianRow)]
}

/** A metric's row with its meaning in Russian; buckets and marks after the sentence stay. */
function russianRow(row) {
  const name = /^\| `(?<name>\w+)`/u.exec(row)?.groups.name
  if (name === undefined) return row
  const kept = (/ Buckets: (?<buckets>[^|]*)\. \|$/u.exec(row)?.groups.buckets ?? '').trim()
  const buckets = kept === '' ? '' : ` Границы: ${kept}.`
  const internal = row.includes('*internal*') ? ' *internal*' : ''
  const meaning = described(name, MEANINGS[name])
  return `${row.replace(/[^|]* \|$/u, '').replaceAll(/≤ (\d+) values/gu, 'до $1 значений')} ${meaning}${buckets}${internal} |`
}
