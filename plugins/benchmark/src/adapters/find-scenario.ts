import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {
  readTextFile,
  usageError,
  type PluginContribution,
  badDataError,
  type Ep23Error,
  parseGuarded,
  twoReadings,
} from '@ep23/sdk'
import {Ajv2020, type ErrorObject, type ValidateFunction} from 'ajv/dist/2020.js'
import {LineCounter, parseDocument, type Document, visit} from 'yaml'

import {type Scenario, meaningProblems, type ScenarioFile, toScenario} from '../domain/scenario.js'

const BUILT_IN = fileURLToPath(new URL('../../config/scenarios', import.meta.url))

export interface ScenarioPlaces {
  /** The project's own stand in `config/scenarios/` here, and win over built-in ones of the same name. */
  configDir: string
  contributions: readonly PluginContribution[]
}

/**
 * The scenario with this name, or from this file (a name that ends in `.yaml`).
 * @throws Ep23Error USAGE (64) listing what there is; BENCHMARK_BAD_SCENARIO (65)
 */
export async function findScenario(name: string, places: ScenarioPlaces): Promise<Scenario> {
  const files = await scenarioFiles(places)
  const file = /\.ya?ml$/u.test(name) ? name : files.get(name)
  if (file === undefined)
    throw usageError(`there is no scenario ${name}`, [`known: ${[...files.keys()].toSorted().join(', ')}`])
  return parseScenario(file, await readTextFile(file))
}

/** Names of all scenarios with their files. */
export async function scenarioFiles({configDir, contributions}: ScenarioPlaces): Promise<Map<string, string>> {
  const contributed = contributions.flatMap(({scenarios = []}) => scenarios.map(url => fileURLToPath(url)))
  const own = await filesIn(join(configDir, 'config', 'scenarios'))
  const all = [...(await filesIn(BUILT_IN)), ...contributed, ...own]
  return new Map(all.map(file => [basename(file).replace(/\.ya?ml$/u, ''), file]))
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names.filter(name => /\.ya?ml$/u.test(name)).map(name => join(folder, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

const SCHEMA = new URL('../../schemas/scenario.schema.json', import.meta.url)

type Path = readonly (string | number)[]

interface ParsedYaml {
  file: string
  document: Document
  lines: LineCounter
}

/**
 * A scenario from the text of its YAML file.
 * @param file named in errors; its base name must be the scenario's name
 * @throws Ep23Error BENCHMARK_BAD_SCENARIO (65) naming file, line, column and field of the first problem, and how many more there are
 */
export async function parseScenario(file: string, text: string): Promise<Scenario> {
  const lines = new LineCounter()
  const guard = {file, text, code: 'BENCHMARK_BAD_SCENARIO'}
  const document = parseGuarded(guard, () => parseDocument(text, {lineCounter: lines}))
  const parsed = {file, document, lines}
  const [syntax] = document.errors
  if (syntax) throw problem(parsed, lines.linePos(syntax.pos[0]), syntax.message.split('\n')[0] ?? '', 0)
  refuseTwoReadings(parsed)
  const value = parseGuarded(guard, () => document.toJS() as unknown)
  const validate = await schemaValidator()
  if (!validate(value)) throw schemaProblem(parsed, validate.errors ?? [])
  const scenario = value as ScenarioFile
  const [first, ...rest] = meaningProblems(scenario, basename(file).replace(/\.ya?ml$/u, ''))
  if (first)
    throw problem(parsed, locationOf(parsed, first.path), `${first.path.join('.')}: ${first.message}`, rest.length)
  return toScenario(scenario)
}

// A scenario decides whether a build fails: it must be one scenario for everybody who reads the file.
function refuseTwoReadings(parsed: ParsedYaml): void {
  visit(parsed.document, {
    Scalar(_, node) {
      const found = twoReadings(node)
      if (found === undefined) return
      const place = parsed.lines.linePos(node.range?.[0] ?? 0)
      const message = `${found.written} is read by YAML 1.1 as ${found.reading}: write ${found.agreed}`
      throw problem(parsed, place, message, 0)
    },
  })
}

async function schemaValidator(): Promise<ValidateFunction> {
  const schema = JSON.parse(await readFile(SCHEMA, 'utf8')) as object
  return new Ajv2020({allErrors: true}).compile(schema)
}

function schemaProblem(parsed: ParsedYaml, errors: readonly ErrorObject[]): Ep23Error {
  const [first] = errors
  const path = (first?.instancePath ?? '').split('/').slice(1).map(toKey)
  const stray = first?.params['additionalProperty'] as string | undefined
  const allowed = first?.params['allowedValues'] as string[] | undefined
  const message = `${path.join('.') || 'scenario'} ${first?.message}${stray ? `: ${stray}` : ''}${allowed ? `: ${allowed.join(', ')}` : ''}`
  return problem(parsed, locationOf(parsed, stray ? [...path, stray] : path), message, errors.length - 1)
}

function toKey(part: string): string | number {
  return /^\d+$/u.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Where the value stands, or the nearest thing around it. */
function locationOf(parsed: ParsedYaml, path: Path): {line: number; col: number} {
  const node = parsed.document.getIn(path, true) as {range?: [number, number, number]} | undefined
  if (node?.range) return parsed.lines.linePos(node.range[0])
  return path.length > 0 ? locationOf(parsed, path.slice(0, -1)) : {line: 1, col: 1}
}

function problem(
  {file}: ParsedYaml,
  {line, col}: {line: number; col: number},
  message: string,
  more: number,
): Ep23Error {
  const others = more > 0 ? ` (and ${more} more problems)` : ''
  return badDataError('BENCHMARK_BAD_SCENARIO', `${file}:${line}:${col}: ${message}${others}`, [
    'plugins/benchmark/schemas/scenario.schema.json says what a scenario holds',
  ])
}
