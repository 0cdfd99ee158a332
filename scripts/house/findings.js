// What the house refuses: circles, dead exports and twins. Each finding says what to do.
import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {EQUAL_DEFINITIONS, EQUAL_NAMES, REACHED_OTHERWISE} from './exceptions.js'

/** Shorter ones are equal by chance, and a name for them elsewhere costs more than it gives. */
const SHORTEST_TWIN = 95

/** Groups of files that import each other, types included (Tarjan). */
export function circles(sources) {
  const imports = new Map(sources.map(source => [source.file, source.imports]))
  const state = {imports, index: new Map(), low: new Map(), stack: [], found: []}
  for (const file of imports.keys()) if (!state.index.has(file)) visit(file, state)
  return state.found
    .filter(group => group.length > 1)
    .map(
      group => `circle: ${group.join(' and ')} import each other; move what both need into one of them or below them`,
    )
}

function visit(file, state) {
  const {imports, index, low, stack, found} = state
  index.set(file, index.size)
  low.set(file, index.get(file))
  stack.push(file)
  for (const target of imports.get(file)) {
    if (!index.has(target)) visit(target, state)
    if (stack.includes(target)) low.set(file, Math.min(low.get(file), low.get(target)))
  }
  if (low.get(file) === index.get(file)) found.push(stack.splice(stack.indexOf(file)))
}

/**
 * Names that two of host, packages and plugins declare and export. A name of a package is known everywhere; between plugins, which
 * have types of their own for their own reports, only functions, classes and constants count.
 */
export function equalNames(sources) {
  const declared = sources.flatMap(({file, owner, exported}) => exported.map(each => ({...each, file, owner})))
  return [...Map.groupBy(declared, ({name}) => name)]
    .filter(([name, those]) => isTaken(those) && !(name in EQUAL_NAMES))
    .map(
      ([name, those]) =>
        `equal names: ${those.map(({file}) => file).join(' and ')} export ${name}; keep the one in the lower package, or give one a name of its own`,
    )
}

function isTaken(those) {
  const counted = those.some(({owner}) => owner.startsWith('packages/')) ? those : those.filter(({isType}) => !isType)
  return new Set(counted.map(({owner}) => owner)).size > 1
}

/** Functions with the same parameters and the same body, and types that say the same. */
export function equalDefinitions(sources) {
  const all = sources.flatMap(({file, functions, types}) => [...functions, ...types].map(each => ({...each, file})))
  return [...Map.groupBy(all, ({code}) => code)]
    .filter(([code, those]) => those.length > 1 && code.length >= SHORTEST_TWIN)
    .filter(([, those]) => !those.some(({name}) => name in EQUAL_DEFINITIONS))
    .map(
      ([, those]) =>
        `equal definitions: ${those.map(({file, name}) => `${name} in ${file}`).join(' and ')} say the same; keep one where both may import it`,
    )
}

/** Exports and files that no command, hook or package face reaches, tests not counted. */
export function deadExports(root) {
  const knip = fileURLToPath(new URL('../../node_modules/knip/bin/knip.js', import.meta.url))
  const args = [knip, '--production', '--exclude', 'dependencies', '--reporter', 'json', '--no-config-hints']
  const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: 'utf8', maxBuffer: 1e8})
  if (!stdout.startsWith('{')) throw new Error(`knip failed: ${stderr}`)
  return JSON.parse(stdout).issues.flatMap(({file, files = [], exports = [], types = []}) => [
    ...files.filter(() => !(file in REACHED_OTHERWISE)).map(() => `dead file: only tests reach ${file}; ${DEAD}`),
    ...[...exports, ...types]
      .filter(({name}) => !(`${file} ${name}` in REACHED_OTHERWISE))
      .map(({name}) => `dead export: only tests reach ${name} of ${file}; ${DEAD}`),
  ])
}

const DEAD = 'delete it with its tests, or let a command use it'
