import type {Exporter} from '@ep23/sdk'

import type {CommandExporter} from './command-exporter.js'

interface Registration {
  name: string
  summary: string
  /** The plugin that brings it, or the settings file. */
  plugin: string
}

/** An exporter of a plugin, or a command of the settings file. */
export type RegisteredExporter =
  | (Registration & {kind: 'store'; exporter: Exporter})
  | (Registration & {kind: 'command'; command: CommandExporter})
export type StoreRegistration = Extract<RegisteredExporter, {kind: 'store'}>
