// What all processes of the tests counted, as one file of istanbul's in .nyc_output, where each had written its own numbers.
import {globSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, '.nyc_output')
const all = read(join(root, '.cache/counters.json'))
let processes = 0

for (const name of globSync('*.json', {cwd: folder})) {
  const counted = Object.entries(read(join(folder, name)) ?? {})
  for (const [file, counts] of counted) add(all[file], counts, file)
  if (counted.length > 0) processes += 1
  rmSync(join(folder, name))
}
if (processes === 0) throw new Error('no process counted a line')
writeFileSync(join(folder, 'all.json'), JSON.stringify(all))
console.error(`lines were counted in ${processes} processes`)

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
  s.forEach((count, place) => (sum.s[place] += count))
  f.forEach((count, place) => (sum.f[place] += count))
  b.forEach((counts, place) => counts.forEach((count, branch) => (sum.b[place][branch] += count)))
}
