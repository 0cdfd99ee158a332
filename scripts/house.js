// Prints how the sources are laid out, to steer by, and what must not be: circles, exports that only tests reach, and twins.
// `node scripts/house.js --json` for the numbers alone; `--check` ends with 1 when there is a finding; a folder looks at another tree.
import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'

import {circles, deadExports, equalDefinitions, equalNames} from './house/findings.js'
import {readSources} from './house/sources.js'

const AIMS = {
  files: 700,
  lines: 50_000,
  oneImporter: 150,
  leavingShare: 0.45,
  widestConcept: 3,
  circles: 0,
  deadExports: 0,
  equalNames: 0,
  equalDefinitions: 0,
  nonNull: 0,
  any: 0,
}

const flags = process.argv.slice(2).filter(arg => arg.startsWith('--'))
const root = process.argv.slice(2).find(arg => !arg.startsWith('--')) ?? fileURLToPath(new URL('..', import.meta.url))
const sources = readSources(root)
const findings = {
  circles: circles(sources),
  deadExports: deadExports(root),
  equalNames: equalNames(sources),
  equalDefinitions: equalDefinitions(sources),
}
const figures = measure()

if (flags.includes('--json')) console.log(JSON.stringify({...figures, findings}, null, 2))
else if (!flags.includes('--check')) printFigures()
for (const finding of Object.values(findings).flat()) {
  if (!flags.includes('--json')) console.error(finding)
  if (flags.includes('--check')) process.exitCode = 1
}

function measure() {
  const edges = sources.flatMap(({file, imports}) => imports.map(target => [file, target]))
  const importers = Map.groupBy(edges, ([, target]) => target)
  const alone = sources.filter(({file}) => importers.get(file)?.length === 1)
  const lines = sorted(sources.map(source => source.lines))
  const functions = sorted(sources.flatMap(source => source.functions.map(each => each.lines)))
  const [widest = ['', 0]] = concepts()
  return {
    files: sources.length,
    lines: sum(lines),
    linesAFile: `${at(lines, 0.5)} / ${at(lines, 0.9)}`,
    linesAFunction: `${at(functions, 0.5)} / ${at(functions, 0.9)}`,
    oneImporter: alone.length,
    oneImporterSmall: alone.filter(source => source.lines <= 40).length,
    leavingShare: edges.filter(([from, to]) => dirname(from) !== dirname(to)).length / edges.length,
    widestConcept: widest[1],
    ...Object.fromEntries(Object.entries(findings).map(([name, found]) => [name, found.length])),
    nonNull: sum(sources.map(source => source.nonNull)),
    any: sum(sources.map(source => source.any)),
  }
}

/** `[concept, folders]`, the widest first: a concept is a word in the names of several files of one package. */
function concepts() {
  const words = sources.flatMap(({file, owner}) => {
    const name = file.slice(file.lastIndexOf('/') + 1, -'.ts'.length)
    return [...new Set(name.split('-'))].map(word => ({concept: `${word.replace(/s$/u, '')} in ${owner}`, file}))
  })
  return [...Map.groupBy(words, ({concept}) => concept)]
    .map(([concept, those]) => [concept, new Set(those.map(({file}) => dirname(file))).size])
    .sort(([, a], [, b]) => b - a)
}

function printFigures() {
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(24)} ${show(value).padStart(8)}${aim(name)}`)
  const wide = concepts().filter(([, folders]) => folders > AIMS.widestConcept)
  console.log(
    `\nin more than ${AIMS.widestConcept} folders: ${wide.map(([name, folders]) => `${name} ${folders}`).join(', ') || 'nothing'}\n`,
  )
}

function sorted(values) {
  return values.sort((a, b) => a - b)
}

function sum(values) {
  return values.reduce((total, each) => total + each, 0)
}

function at(values, share) {
  return values[Math.floor(values.length * share)] ?? 0
}

function show(value) {
  return typeof value === 'number' && !Number.isInteger(value) ? `${Math.round(value * 100)} %` : String(value)
}

function aim(name) {
  if (AIMS[name] === undefined) return ''
  return `   aim: at most ${name === 'leavingShare' ? '45 %' : AIMS[name]}`
}
