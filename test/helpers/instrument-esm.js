// nyc instruments what goes through require(); this does the same for what goes through import. Instrumented files are kept
// between processes: the tests start hundreds of them, and each would do the same work again.
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {createRequire, registerHooks} from 'node:module'
import {join, relative, sep} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = process.env['NYC_CWD']
const ours = /^(dist|(packages|plugins)\/[^/]+\/dist)\//u

if (root)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (loaded.format !== 'module' || !url.startsWith('file:')) return loaded
      const file = fileURLToPath(url)
      if (!ours.test(relative(root, file).split(sep).join('/'))) return loaded
      return {...loaded, source: instrumented(file, Buffer.from(loaded.source).toString())}
    },
  })

/** Of what is kept: another one is made anew. */
const FORM = 'plain counters'

function instrumented(file, source) {
  const folder = join(root, '.cache/instrumented')
  const kept = join(folder, `${createHash('sha256').update(FORM).update(file).update(source).digest('hex')}.js`)
  if (existsSync(kept)) return readFileSync(kept, 'utf8')
  const code = instrument(file, source)
  mkdirSync(folder, {recursive: true})
  // Many processes may do this at once: each writes its own file, and the last name stands.
  const temporary = `${kept}.${process.pid}`
  writeFileSync(temporary, code)
  renameSync(temporary, kept)
  return code
}

let instrumenter

function instrument(file, source) {
  // Costs 100 ms, and is needed only for files that changed.
  instrumenter ??= createRequire(import.meta.url)('istanbul-lib-instrument').createInstrumenter({
    esModules: true,
    compact: false,
    preserveComments: true,
  })
  const map = existsSync(`${file}.map`) ? JSON.parse(readFileSync(`${file}.map`, 'utf8')) : undefined
  return withPlainCounters(instrumenter.instrumentSync(source, file, map))
}

/**
 * Istanbul's code calls a function for each statement to find the table in which it counts: loops over texts took twice their time. Here
 * a module asks once; no module runs before that, as none import each other in a circle.
 */
function withPlainCounters(code) {
  const [head, name] = /^function (cov_\w+)\(\) \{[^]*?\n\1\(\);\n/u.exec(code) ?? []
  if (name === undefined) return code
  const tables = `const {s: ${name}_s, f: ${name}_f, b: ${name}_b} = ${name}();\n`
  const counter = new RegExp(`\\b${name}\\(\\)\\.([sfb])(?=\\[)`, 'gu')
  return head + tables + code.slice(head.length).replace(counter, `${name}_$1`)
}
