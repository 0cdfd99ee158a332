import {nearest, usageError} from '@ep23/sdk'

import type {SettingSchema} from './check-settings.js'
import type {OclifConfig} from './oclif-config.js'

/** What a plugin's package.json says of its settings, under `ep23`. */
interface Declared {
  /** Its sections of ep23.config.yaml, by name. */
  settings?: Readonly<Record<string, SettingSchema>>
  /** Environment variables that belong to no flag: secrets, paths of programs. */
  environment?: readonly string[]
}

/** The sections that installed plugins declare, a team's own included. */
export function declaredSections({plugins}: Pick<OclifConfig, 'plugins'>): Readonly<Record<string, SettingSchema>> {
  return Object.assign({}, ...declarations(plugins).map(({settings = {}}) => settings)) as Record<string, SettingSchema>
}

const YES_OR_NO = /^(?:1|0|true|false|yes|no|y|n|on|off|t|f|)$/iu

// oclif's own, and those of tests.
const OTHERS =
  /^EP23_(?:DATA_DIR|CONFIG_DIR|CACHE_DIR|BINPATH|REDIRECTED|USER_AGENT|THEME_FILE|DISABLE_THEME|NPM_\w+|SKIP_\w+|SOURCE|(?:TEST|FUZZ|CHAOS|BENCH)_\w+)$/u

/**
 * Refuses an `EP23_*` variable that no flag and no setting has, and a switch that says neither yes nor no.
 * @throws Ep23Error USAGE (64) with the nearest name
 */
export function checkEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  {commands, plugins}: Pick<OclifConfig, 'commands' | 'plugins'>,
  settings: readonly string[],
): void {
  const given = Object.keys(env).filter(name => name.startsWith('EP23_') && !OTHERS.test(name))
  if (given.length === 0) return
  const flags = new Map(commands.flatMap(({flags: own}) => Object.values(own)).map(flag => [flag.env, flag.type]))
  const known = new Set([
    ...flags.keys(),
    ...settings,
    ...declarations(plugins).flatMap(({environment = []}) => environment),
  ])
  for (const name of given) {
    if (!known.has(name))
      throw unknownVariable(
        name,
        [...known].filter(each => each !== undefined),
      )
    if (flags.get(name) === 'boolean' && !YES_OR_NO.test(env[name] ?? ''))
      throw usageError(`environment ${name} must be yes or no, and is "${env[name]}"`, [`set ${name}=1, or unset it`])
  }
}

function unknownVariable(name: string, known: readonly string[]): Error {
  const meant = nearest(name, known, 1)
  return usageError(`environment ${name} is no setting of ep23`, [
    meant.length > 0 ? `did you mean ${meant[0]}?` : 'ep23 config:explain lists all settings',
  ])
}

function declarations(plugins: OclifConfig['plugins']): Declared[] {
  return [...plugins.values()].map(({pjson}) => (pjson as {ep23?: Declared}).ep23 ?? {})
}
