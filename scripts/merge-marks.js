// What all processes of the tests marked, as one file of istanbul's in .nyc_output, where each had written its own: its counts are how
// many processes ran a place.
import {globSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, '.nyc_output')
const all = read(join(root, '.cache/places.json'))
let processes = 0

for (const name of globSync('*.json', {cwd: folder})) {
  const marked = Object.entries(read(join(folder, name)) ?? {})
  for (const [file, marks] of marked) add(all[file], marks, file)
  if (marked.length > 0) processes += 1
  rmSync(join(folder, name))
}
if (processes === 0) throw new Error('no process marked a line')
writeFileSync(join(folder, 'all.json'), JSON.stringify(all))
console.error(`lines were marked in ${processes} processes`)

/** Undefined for what a process had not written to its end when a test killed it. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function add(sum, {hash, s, f, b}, file) {
  if (sum?.hash !== hash) throw new Error(`${file} was compiled again while the tests ran: start again`)
  const ways = b.values()
  s.forEach((mark, place) => (sum.s[place] += mark))
  f.forEach((mark, place) => (sum.f[place] += mark))
  for (const branch of Object.values(sum.b)) branch.forEach((_, way) => (branch[way] += ways.next().value))
}
