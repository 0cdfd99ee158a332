// Code that counts which of its lines ran, kept between processes: the tests start hundreds of them, and each would do the same work.
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'

const folder = join(import.meta.dirname, '../../.cache/instrumented')

/** The code of a compiled file with counters; made now where nothing has made it yet. */
export function instrumented(file, source) {
  const kept = placeOf(file, source)
  return existsSync(kept) ? readFileSync(kept, 'utf8') : instrument(file, source).code
}

/** Makes and keeps it; with it istanbul's description of the file: what each counter counts, and that none has yet. */
export function instrument(file, source) {
  const counting = instrumenter()
  const text = counting.instrumentSync(source, file)
  const coverage = {...counting.lastFileCoverage(), hash: /var hash = "(\w+)"/u.exec(text)?.[1]}
  const code = withPlainCounters(text, coverage)
  const kept = placeOf(file, source)
  mkdirSync(folder, {recursive: true})
  // Many processes may do this at once: each writes its own file, and the last name stands.
  const temporary = `${kept}.${process.pid}`
  writeFileSync(temporary, code)
  renameSync(temporary, kept)
  return {code, coverage}
}

function placeOf(file, source) {
  return join(folder, `${createHash('sha256').update(file).update(source).digest('hex')}.js`)
}

let shared

/** Costs 100 ms, and is needed only for files that changed. */
function instrumenter() {
  const options = {esModules: true, compact: false, preserveComments: true}
  return (shared ??= createRequire(import.meta.url)('istanbul-lib-instrument').createInstrumenter(options))
}

/**
 * Istanbul puts the description into the code, each process would write it with its counts, and each count calls a function, which
 * made loops over texts twice as slow. Here a module has its three tables of numbers, and `scripts/merge-counts.js` has the description.
 * The tables are there before the module's own code runs, as no files import each other in a circle.
 */
function withPlainCounters(code, {path, hash, s, f, b}) {
  const [head, name] = /^function (cov_\w+)\(\) \{[^]*?\n\1\(\);\n/u.exec(code) ?? []
  if (name === undefined) return code
  const zeros = counters => `Array(${Object.keys(counters).length}).fill(0)`
  const branches = `[${Object.values(b).map(zeros)}]`
  const counts = `{hash: '${hash}', s: ${zeros(s)}, f: ${zeros(f)}, b: ${branches}}`
  const tables = `const {s: ${name}_s, f: ${name}_f, b: ${name}_b} = (globalThis.__coverage__ ??= {})[${JSON.stringify(path)}] ??= ${counts};\n`
  const counter = new RegExp(`\\b${name}\\(\\)\\.([sfb])(?=\\[)`, 'gu')
  return tables + code.slice(head.length).replace(counter, `${name}_$1`)
}
