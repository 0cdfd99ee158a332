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
  return command.map(argument => argument.replaceAll(/\{([a-z_]+)\}/gu, (whole, name: string) => values[name] ?? whole))
}
