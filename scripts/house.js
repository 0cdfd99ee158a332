// Prints how the sources are laid out, to steer by: files, files with one importer, imports that leave their folder, circles, `!`, `any`,
// lines a file and a function. `node scripts/house.js --json` for the numbers alone.
import {globSync, readFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const AIMS = {files: 700, oneImporter: 150, leavingShare: 0.45, circles: 0, nonNull: 0, any: 0, lines: 50_000}

const files = globSync(['src/**/*.ts', 'packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts'], {cwd: root})
  .filter(file => !file.endsWith('.d.ts'))
  .sort()
const texts = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
const imports = new Map(files.map(file => [file, importsOf(file)]))
const figures = measure()

if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2))
else
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(24)} ${show(value).padStart(8)}${aim(name)}`)

function measure() {
  const importers = Map.groupBy(
    [...imports].flatMap(([from, targets]) => targets.map(to => ({from, to}))),
    ({to}) => to,
  )
  const alone = files.filter(file => importers.get(file)?.length === 1)
  const relativeImports = [...imports].flatMap(([from, targets]) => targets.map(to => dirname(from) !== dirname(to)))
  const lines = files.map(file => texts.get(file).split('\n').length - 1).sort((a, b) => a - b)
  const functions = files.flatMap(file => functionLengths(texts.get(file))).sort((a, b) => a - b)
  return {
    files: files.length,
    lines: lines.reduce((sum, each) => sum + each, 0),
    linesAFile: `${at(lines, 0.5)} / ${at(lines, 0.9)}`,
    linesAFunction: `${at(functions, 0.5)} / ${at(functions, 0.9)}`,
    oneImporter: alone.length,
    oneImporterSmall: alone.filter(file => texts.get(file).split('\n').length <= 41).length,
    leavingShare: relativeImports.filter(Boolean).length / relativeImports.length,
    circles: circles().length,
    nonNull: count(/[\w\])]!(?=[.,;)\][\s]|$)(?!\s*=)/gmu),
    any: count(/(?::|<|as) any\b/gu),
  }
}

/** Files of ours that a file imports, by relative paths. */
function importsOf(file) {
  const specifiers = [...texts.get(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/gu)].map(
    ([, specifier]) => specifier,
  )
  const targets = specifiers.map(specifier =>
    relative(root, resolve(root, dirname(file), specifier)).replace(/\.js$/u, '.ts'),
  )
  return [...new Set(targets)].filter(target => texts.has(target))
}

/** Groups of files that import each other, types included (Tarjan). */
function circles() {
  const state = {index: new Map(), low: new Map(), stack: [], found: []}
  for (const file of files) if (!state.index.has(file)) visit(file, state)
  return state.found.filter(group => group.length > 1)
}

function visit(file, state) {
  const {index, low, stack, found} = state
  index.set(file, index.size)
  low.set(file, index.get(file))
  stack.push(file)
  for (const target of imports.get(file)) {
    if (!index.has(target)) visit(target, state)
    if (stack.includes(target)) low.set(file, Math.min(low.get(file), low.get(target)))
  }
  if (low.get(file) === index.get(file)) found.push(stack.splice(stack.indexOf(file)))
}

/** Lines of each named function: from its head to the closing brace in the same column. */
function functionLengths(text) {
  const rows = text.split('\n')
  return rows.flatMap((row, start) => {
    const head = /^(\s*)(?:export )?(?:default )?(?:async )?function\*? \w+/u.exec(row)
    if (!head) return []
    const end = rows.findIndex((each, at) => at >= start && each.startsWith(`${head[1]}}`))
    return end === -1 ? [] : [end - start + 1]
  })
}

function count(pattern) {
  return files.reduce((sum, file) => sum + [...code(texts.get(file)).matchAll(pattern)].length, 0)
}

// Without comments and texts, in which a ! is a mark of speech.
function code(text) {
  return text.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gu, '')
}

function at(sorted, share) {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

function show(value) {
  return typeof value === 'number' && !Number.isInteger(value) ? `${Math.round(value * 100)} %` : String(value)
}

function aim(name) {
  return AIMS[name] === undefined ? '' : `   aim: at most ${name === 'leavingShare' ? '45 %' : AIMS[name]}`
}
