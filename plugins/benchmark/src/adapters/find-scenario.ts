import {existsSync} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {readTextFile, usageError, type PluginContribution} from '@ep23/sdk'

import {type Scenario, meaningProblems, type ScenarioFile, toScenario} from '../domain/scenario.js'
import {checkedYaml, type YamlKind} from './checked-yaml.js'
import {message as say} from '../words/words.js'

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
    throw usageError(existsSync(name) ? say('notScenarioFile', {name}) : say('noScenario', {name}), [
      say('knownAre', {names: [...files.keys()].toSorted().join(', ')}),
    ])
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

const KIND: YamlKind = {
  code: 'BENCHMARK_BAD_SCENARIO',
  what: say('theScenario'),
  schema: new URL('../../schemas/scenario.schema.json', import.meta.url),
  advice: say('scenarioSchema'),
}

/**
 * A scenario from the text of its YAML file.
 * @param file named in errors; its base name must be the scenario's name
 * @throws Ep23Error BENCHMARK_BAD_SCENARIO (65) naming file, line, column and field of the first problem, and how many more there are
 */
export async function parseScenario(file: string, text: string): Promise<Scenario> {
  const name = basename(file).replace(/\.ya?ml$/u, '')
  return toScenario(await checkedYaml<ScenarioFile>({file, text}, KIND, scenario => meaningProblems(scenario, name)))
}
