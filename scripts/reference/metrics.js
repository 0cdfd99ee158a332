import {readFileSync} from 'node:fs'
import {join} from 'node:path'

const RUSSIAN = [
  ['# Metrics', '# Метрики'],
  [
    '| metric | kind | unit | labels | series at most | meaning |',
    '| метрика | вид | единица | метки | рядов не больше | что значит (HELP) |',
  ],
]
const ABOUT =
  'Что `ep23 observability:serve` показывает на `/metrics`. Все ряды закрытого набора меток есть с начала, с нулём. Значение метки вне её пределов записывается как `other`. Метрики с пометкой *internal* не для дашбордов и тревог.'

/** `ep23 observability:docs` writes docs/metrics.md from the declarations; here it is, with Russian headings. What HELP says is said to Prometheus, in English. */
export function russianMetrics(root) {
  const [, ...lines] = readFileSync(join(root, 'docs/metrics.md'), 'utf8').trimEnd().split('\n')
  const page = lines.join('\n').trim()
  const [title, , ...rest] = RUSSIAN.reduce((text, [from, to]) => text.replaceAll(from, to), page).split('\n')
  return [title, '', ABOUT, '', ...rest.slice(rest.findIndex(line => line.startsWith('## ')))]
}
