import {ownField, type ExportQuery, type Exporter} from '@ep23/sdk'

import type {Compression, Format, QueryFacts} from './manifest.js'

/** What is wanted, for exporters and for people. */
export interface ResolvedQuery {
  query: ExportQuery
  facts: QueryFacts
}

/** How records lie in files. */
export interface Layout {
  format: Format
  compression: Compression
  /** Largest part in bytes. */
  split?: number | undefined
}

export interface ExportRequest {
  registration: RegisteredExporter
  resolved: ResolvedQuery
  layout: Layout
  /** File name without endings. */
  stem: string
}

/** An exporter script of the team's own, from the settings file. */
export interface CommandExporter {
  name: string
  /** Program and arguments; `{output}` and the like are replaced inside them. No shell sees them. */
  command: readonly string[]
  /** Folder the command runs in: that of the settings file. */
  cwd: string
  /** JSON Schema file for its records. */
  schemaPath: string
  timeoutSeconds: number
  /** Largest file, and largest text on stdout and stderr together, that it may write. */
  outputLimitBytes: number
  /** Why two runs may differ in bytes; without a reason they may not. */
  bytesMayDiffer?: string
}

/** What a command may ask for in its arguments, besides `{output}`. */
export const PLACEHOLDERS = ['output', 'from', 'to', 'channels', 'language', 'origin', 'limit'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

/** The placeholders in a command's arguments. */
export function placeholdersIn(command: readonly string[]): Set<string> {
  return new Set(command.flatMap(argument => [...argument.matchAll(/\{([a-z_]+)\}/gu)].map(match => match[1] ?? '')))
}

/** The arguments with every known placeholder replaced. */
export function fillPlaceholders(command: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return command.map(argument =>
    argument.replaceAll(/\{([a-z_]+)\}/gu, (whole, name: string) => ownField(values, name) ?? whole),
  )
}

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
