// Code that marks which of its lines ran, kept between processes: the tests start hundreds of them, and each would do the same work.
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'

const folder = join(import.meta.dirname, '../../.cache/instrumented')

/** The code of a compiled file with marks; made now where nothing has made it yet. */
export function instrumented(file, source) {
  const kept = placeOf(file, source)
  return existsSync(kept) ? readFileSync(kept, 'utf8') : instrument(file, source).code
}

/** Makes and keeps it; with it istanbul's description of the file: what each mark stands for, and that none is set. */
export function instrument(file, source) {
  const counting = instrumenter()
  const text = counting.instrumentSync(source, file)
  const coverage = {...counting.lastFileCoverage(), hash: /var hash = "(\w+)"/u.exec(text)?.[1]}
  const code = withMarks(text, coverage)
  const kept = placeOf(file, source)
  mkdirSync(folder, {recursive: true})
  // Many processes may do this at once: each writes its own file, and the last name stands.
  const temporary = `${kept}.${process.pid}`
  writeFileSync(temporary, code)
  renameSync(temporary, kept)
  return {code, coverage}
}

/** Another one when this file changes, too. */
const howItIsMade = readFileSync(import.meta.filename)

function placeOf(file, source) {
  const hash = createHash('sha256').update(howItIsMade).update(file).update(source)
  return join(folder, `${hash.digest('hex')}.js`)
}

let shared

/** Costs 100 ms, and is needed only for files that changed. */
function instrumenter() {
  const options = {esModules: true, compact: false, preserveComments: true}
  return (shared ??= createRequire(import.meta.url)('istanbul-lib-instrument').createInstrumenter(options))
}

/**
 * Istanbul puts the description into the code, each process would write it with its counts, and each count calls a function, which
 * made loops over texts twice as slow. Here a module has three tables in which what has run is marked, which costs a sixth, and
 * `scripts/merge-marks.js` has the description. The tables are there before the module's own code runs, as no files import each
 * other in a circle.
 */
function withMarks(code, {path, hash, s, f, b}) {
  const [head, name] = /^function (cov_\w+)\(\) \{[^]*?\n\1\(\);\n/u.exec(code) ?? []
  if (name === undefined) return code
  // The ways of all branches stand in one table, behind each other.
  const firstWays = [0]
  for (const [branch, ways] of Object.values(b).entries()) firstWays.push(firstWays[branch] + ways.length)
  const zeros = count => `Array(${count}).fill(0)`
  const sizes = {s: Object.keys(s).length, f: Object.keys(f).length, b: firstWays.at(-1)}
  const marks = `{hash: '${hash}', s: ${zeros(sizes.s)}, f: ${zeros(sizes.f)}, b: ${zeros(sizes.b)}}`
  const tables = `const {s: ${name}_s, f: ${name}_f, b: ${name}_b} = (globalThis.__coverage__ ??= {})[${JSON.stringify(path)}] ??= ${marks};\n`
  const count = new RegExp(`\\b${name}\\(\\)\\.([sfb])\\[(\\d+)\\](?:\\[(\\d+)\\])?\\+\\+`, 'gu')
  const mark = (_, table, place, way) => `${name}_${table}[${way ? firstWays[place] + Number(way) : place}] = 1`
  return tables + code.slice(head.length).replace(count, mark)
}
