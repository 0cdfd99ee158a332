import {existsSync} from 'node:fs'
import {cp, mkdtemp, readFile, rename, rm} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'

import {Ep23Error, EXIT, usageError, writeFileAtomically} from '@ep23/sdk'
import {message} from './words/words.js'

/** What a plugin brings beside its command. */
export interface PluginParts {
  exporter: boolean
  judge: boolean
  scenario: boolean
}

export interface CreatedPlugin {
  folder: string
  files: string[]
  /** Whether the plugin has its copy of the sdk already. */
  sdk: boolean
}

interface TemplateOptions extends PluginParts {
  name: string
  /** Where the plugin's folder is made. */
  parent: string
  /** Of the installed ep23. */
  root: string
}

const HOOK = 'hooks/contribute.js'
const COMMAND_FILES = ['package.json', 'metrics.js', HOOK, 'commands/team/greet.js', 'test/greet.test.js']
const PART_FILES: Readonly<Record<keyof PluginParts, readonly string[]>> = {
  exporter: ['exporter.js', 'test/exporter.test.js'],
  judge: ['judge.js', 'test/judge.test.js'],
  scenario: ['scenarios/team_brevity_ru.yaml'],
}
/** Lines of the hook that only this part needs. */
const PART_LINES: Readonly<Record<keyof PluginParts, RegExp>> = {
  exporter: /^.*lengthsExporter.*\n/gmu,
  judge: /^.*brevityJudge.*\n/gmu,
  scenario: /^.*scenarios:.*\n/gmu,
}

/**
 * Writes the plugin of docs/plugin-guide.md under another name; the folder appears whole or not at all.
 * @throws Ep23Error USAGE (64) for a name npm would not take, PLUGIN_FOLDER_EXISTS (77)
 */
export async function createPlugin({name, parent, root, ...parts}: TemplateOptions): Promise<CreatedPlugin> {
  assertName(name)
  const folder = join(parent, name)
  if (existsSync(folder)) throw folderExists(folder)
  const building = await mkdtemp(join(parent, `.${name}-`))
  try {
    const files = [...COMMAND_FILES, ...partsOf(parts, true).flatMap(part => PART_FILES[part])]
    for (const file of files) {
      const text = await readFile(join(root, 'templates/plugin', file), 'utf8')
      await writeFileAtomically(
        join(building, named(file, name)),
        named(file === HOOK ? hookOf(text, parts) : text, name),
      )
    }
    const sdk = await copySdk(root, building)
    await rename(building, folder)
    return {folder, files: files.map(file => named(file, name)).sort(), sdk}
  } finally {
    await rm(building, {recursive: true, force: true})
  }
}

function assertName(name: string): void {
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(name) && name.length <= 64) return
  throw usageError(message('notPluginName', {name}), [message('pluginNameRule')])
}

function folderExists(folder: string): Ep23Error {
  return new Ep23Error(message('folderExists', {folder}), {
    code: 'PLUGIN_FOLDER_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [message('otherNameOrRemove')],
  })
}

function partsOf(parts: PluginParts, wanted: boolean): (keyof PluginParts)[] {
  return (['exporter', 'judge', 'scenario'] as const).filter(part => parts[part] === wanted)
}

/** The template's hook without what the plugin does not bring. */
function hookOf(text: string, parts: PluginParts): string {
  return partsOf(parts, false).reduce((left, part) => left.replaceAll(PART_LINES[part], ''), text)
}

/** The template's own names, `team-plugin` and what begins with `team`, in the plugin's. */
function named(text: string, name: string): string {
  const topic = name.replace(/^ep23-/u, '').replace(/-plugin$/u, '') || name
  const snake = topic.replaceAll('-', '_')
  const camel = topic.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())
  return text
    .replaceAll('team-plugin', name)
    .replaceAll(/\bteam_/gu, `${snake}_`)
    .replaceAll('teamMetrics', `${camel}Metrics`)
    .replaceAll('TeamGreet', `${camel.replace(/^./u, first => first.toUpperCase())}Greet`)
    .replaceAll(/(?<=commands\/)team(?=\/)/gu, topic)
}

/** The plugin's own copy, as a published one would have; where this ep23 has none, npm fetches it. */
async function copySdk(root: string, folder: string): Promise<boolean> {
  try {
    const sdk = dirname(createRequire(join(root, 'package.json')).resolve('@ep23/sdk/package.json'))
    for (const part of ['package.json', 'dist', 'testing/dist'])
      await cp(join(sdk, part), join(folder, 'node_modules/@ep23/sdk', part), {recursive: true, dereference: true})
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return false
    throw error
  }
}
