import {resolve} from 'node:path'

import {
  badDataError,
  usageError,
  type PluginContribution,
  errorMessage,
  type Message,
  joined,
  type Text,
} from '@ep23/sdk'

import {placeholdersIn, PLACEHOLDERS, type CommandExporter, type RegisteredExporter} from '../domain/export-request.js'
import type {FilePorts} from '../domain/ports.js'
import {committedSchema} from './committed-schema.js'
import {message} from '../words/words.js'

/** The settings file as the place that command exporters come from. */
const SETTINGS_FILE = 'ep23.config.yaml'

const NAME = /^[a-z][a-z0-9_]{0,63}$/u

/**
 * All exporters: those that plugins contribute, then the commands of the settings file, in this order.
 * @throws Ep23Error EXPORTER_NAME (65) for a name that two bring or that cannot be a file's name
 */
export function registerExporters(
  contributions: readonly PluginContribution[],
  commands: readonly CommandExporter[],
): RegisteredExporter[] {
  const fromPlugins = contributions.flatMap(({plugin, exporters = []}) =>
    exporters.map(
      exporter => ({kind: 'store', plugin, name: exporter.name, summary: exporter.summary, exporter}) as const,
    ),
  )
  const fromSettings = commands.map(
    command =>
      ({
        kind: 'command',
        plugin: SETTINGS_FILE,
        name: command.name,
        summary: command.command.join(' '),
        command,
      }) as const,
  )
  const registered = [...fromPlugins, ...fromSettings]
  registered.forEach(assertName)
  return registered
}

/** @throws Ep23Error USAGE (64) naming the known ones */
export function findExporter(name: string, registered: readonly RegisteredExporter[]): RegisteredExporter {
  const found = registered.find(candidate => candidate.name === name)
  if (found) return found
  const known = registered.map(candidate => candidate.name).join(', ')
  throw usageError(message('noExporter', {name, known}), [message('exportersList')])
}

function assertName({name, plugin}: RegisteredExporter, index: number, all: readonly RegisteredExporter[]): void {
  const first = all.findIndex(other => other.name === name)
  if (first < index)
    throw badDataError(
      'EXPORTER_NAME',
      message('twoExporters', {name, first: String(all[first]?.plugin), second: plugin}),
      [message('renameOne')],
    )
  if (NAME.test(name)) return
  throw badDataError('EXPORTER_NAME', message('notExporterName', {name, plugin}), [message('exporterNameRule')])
}

const DEFAULT_TIMEOUT_SECONDS = 600
const DEFAULT_OUTPUT_LIMIT_BYTES = 2_000_000_000
const KEYS = ['name', 'command', 'schema', 'timeout_seconds', 'output_limit_bytes', 'bytes_may_differ']

type Entry = Readonly<Record<string, unknown>>

/**
 * The `exporters` section of the settings file: one entry or a list of them.
 * @param folder that of the settings file: paths are relative to it, and commands run in it
 * @throws Ep23Error CONFIG_INVALID (65) naming the entry and the key
 */
export function readCommandExporters(section: unknown, folder: string): CommandExporter[] {
  if (section === undefined || section === null) return []
  const entries: unknown[] = Array.isArray(section) ? section : [section]
  return entries.map((entry, index) => readEntry(entry, `exporters[${index}]`, folder))
}

function readEntry(entry: unknown, place: string, folder: string): CommandExporter {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw invalid(place, message('mustHoldKeys'))
  const values = entry as Entry
  const unknown = Object.keys(values).find(key => !KEYS.includes(key))
  if (unknown) throw invalid(place, message('unknownKey', {key: unknown, known: KEYS.join(', ')}))
  const reason = values['bytes_may_differ']
  return {
    name: text(values, 'name', place),
    command: commandOf(values, place),
    cwd: folder,
    schemaPath: resolve(folder, text(values, 'schema', place)),
    timeoutSeconds: positive(values, 'timeout_seconds', place) ?? DEFAULT_TIMEOUT_SECONDS,
    outputLimitBytes: positive(values, 'output_limit_bytes', place) ?? DEFAULT_OUTPUT_LIMIT_BYTES,
    ...(reason !== undefined && {bytesMayDiffer: text(values, 'bytes_may_differ', place)}),
  }
}

function commandOf(entry: Entry, place: string): string[] {
  const {command} = entry
  const isList = Array.isArray(command) && command.length > 0 && command.every(part => typeof part === 'string')
  if (!isList) throw invalid(place, message('commandMustBe'))
  const parts: string[] = command
  const used = placeholdersIn(parts)
  const unknown = [...used].find(name => !(PLACEHOLDERS as readonly string[]).includes(name))
  if (unknown)
    throw invalid(
      place,
      message('commandHas', {unknown: `{${unknown}}`, known: PLACEHOLDERS.map(name => `{${name}}`).join(', ')}),
    )
  if (!used.has('output')) throw invalid(place, message('sayOutput'))
  return parts
}

function text(entry: Entry, key: string, place: string): string {
  const value = entry[key]
  if (typeof value === 'string' && value.trim() !== '') return value
  throw invalid(place, value === undefined ? message('needsKey', {key}) : message('keyMustBeText', {key}))
}

function positive(entry: Entry, key: string, place: string): number | undefined {
  const value = entry[key]
  if (value === undefined || (typeof value === 'number' && value > 0 && Number.isFinite(value))) return value
  throw invalid(place, message('keyMustBePositive', {key}))
}

function invalid(place: string, problem: Message): Error {
  return badDataError('CONFIG_INVALID', message('atPlace', {place, problem}), [message('seeExportersDoc')])
}

/** One line of `exporters:list`. */
export interface ListedExporter {
  name: string
  plugin: string
  /** From the store, or by a command of the team's own. */
  kind: 'store' | 'command'
  summary: string
  schema_id: string | null
  /** Why it cannot be used as it is. */
  problem: Message | null
}

/** All exporters with the id of the schema that their records are held to; one that is broken is listed as such. */
export async function listExporters(
  registered: readonly RegisteredExporter[],
  files: Pick<FilePorts, 'readText'>,
): Promise<ListedExporter[]> {
  return Promise.all(
    registered.map(async registration => ({...facts(registration), ...(await schemaOf(registration, files))})),
  )
}

function facts({name, plugin, kind, summary}: RegisteredExporter): Omit<ListedExporter, 'schema_id' | 'problem'> {
  return {name, plugin, kind, summary}
}

async function schemaOf(
  registration: RegisteredExporter,
  files: Pick<FilePorts, 'readText'>,
): Promise<Pick<ListedExporter, 'schema_id' | 'problem'>> {
  try {
    const {$id} = await committedSchema(registration, files)
    return {schema_id: typeof $id === 'string' ? $id : null, problem: null}
  } catch (error) {
    return {schema_id: null, problem: errorMessage(error)}
  }
}

/** The list as aligned lines. */
export function renderList(exporters: readonly ListedExporter[]): Text[] {
  const width = (field: 'name' | 'plugin'): number => Math.max(...exporters.map(exporter => exporter[field].length))
  const [names, plugins] = [width('name'), width('plugin')]
  return exporters.flatMap(({name, plugin, summary, problem}) => [
    joined([name.padEnd(names), plugin.padEnd(plugins), summaryOf(summary)], '  '),
    ...(problem === null ? [] : [joined(['  ✖', problem], ' ')]),
  ])
}

/** What the built-in ones do is told in both languages; a plugin's own speaks one. */
function summaryOf(summary: string): Text {
  const own = [message('summaryDigests'), message('summaryReviews')].find(({english}) => english === summary)
  return own ?? summary
}
