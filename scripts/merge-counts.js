// What all processes of the tests counted, as one file of istanbul's in .nyc_output, where each had written its own numbers.
import {globSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const folder = fileURLToPath(new URL('../.nyc_output', import.meta.url))
const all = read('all.json') ?? {}

for (const name of globSync('*.json', {cwd: folder})) {
  if (name === 'all.json') continue
  for (const [file, counts] of Object.entries(read(name) ?? {})) add(all[file], counts, file)
  rmSync(join(folder, name))
}
writeFileSync(join(folder, 'all.json'), JSON.stringify(all))

/** Undefined for what a process had not written to its end when a test killed it. */
function read(name) {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'))
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
