import {badDataError, usageError, type PluginContribution} from '@ep23/sdk'

import type {CommandExporter} from '../../domain/command-exporter.js'
import type {RegisteredExporter} from '../../domain/registered-exporter.js'

/** The settings file as the place that command exporters come from. */
export const SETTINGS_FILE = 'ep23.config.yaml'

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
  registered.forEach(refuseBadName)
  return registered
}

/** @throws Ep23Error USAGE (64) naming the known ones */
export function findExporter(name: string, registered: readonly RegisteredExporter[]): RegisteredExporter {
  const found = registered.find(candidate => candidate.name === name)
  if (found) return found
  const known = registered.map(candidate => candidate.name).join(', ')
  throw usageError(`there is no exporter "${name}"; known are ${known}`, ['see them with ep23 exporters:list'])
}

function refuseBadName({name, plugin}: RegisteredExporter, index: number, all: readonly RegisteredExporter[]): void {
  const first = all.findIndex(other => other.name === name)
  if (first < index)
    throw badDataError(
      'EXPORTER_NAME',
      `two exporters are called "${name}": of ${all[first]?.plugin} and of ${plugin}`,
      ['rename one of them'],
    )
  if (NAME.test(name)) return
  throw badDataError('EXPORTER_NAME', `"${name}" (${plugin}) cannot be an exporter's name`, [
    'use a-z, 0-9 and _, starting with a letter, at most 64 characters',
  ])
}
