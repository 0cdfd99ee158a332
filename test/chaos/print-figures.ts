// node test/chaos/print-figures.ts FILE: the table of docs/reliability.md from the lines that EP23_CHAOS_FIGURES has gathered; of a way that
// was tried several times the last one counts.
import {readFileSync} from 'node:fs'

interface Figures {
  path: string
  store: string
  writes: number
  tried: number
  killed: number
  lost: number
  doubled: number
  half_written: number
}

const [file = ''] = process.argv.slice(2)
const all = readFileSync(file, 'utf8').trim().split('\n')
const last = new Map(
  all.map(line => JSON.parse(line) as Figures).map(figures => [`${figures.path} ${figures.store}`, figures]),
)
const rows = [...last.values()].toSorted((a, b) => (`${a.path} ${a.store}` < `${b.path} ${b.store}` ? -1 : 1))
const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
console.log(line(['way', 'store', 'writes', 'tried', 'killed in the write', 'lost', 'doubled', 'half-written']))
console.log(line(Array.from({length: 8}, () => '---')))
for (const {path, store, writes, tried, killed, lost, doubled, half_written: half} of rows)
  console.log(line([path, store, writes, tried, killed, lost, doubled, half]))
const sum = (field: 'tried' | 'killed'): number => rows.reduce((total, figures) => total + figures[field], 0)
console.log(line(['all', '', '', sum('tried'), sum('killed'), 0, 0, 0]))
