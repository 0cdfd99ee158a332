import {Ep23Error, EXIT, toEp23Error, usageError} from '@ep23/sdk'

import {message} from '../words/words.js'

type Refusal = (found: string[]) => Ep23Error

/** What oclif's own commands refuse, by their sentences: they exit with 1, and say nothing of what to do. */
const REFUSALS: readonly (readonly [said: RegExp, refusal: Refusal])[] = [
  [
    /^could not find package\.json with \{.*root: '([^']*)'/su,
    ([folder = '']) => usageError(message('noPluginIn', {folder}), [message('pluginFolder')]),
  ],
  [
    /^(.+) is installed via plugin (.+), uninstall .+ instead$/u,
    ([plugin = '', parent = '']) =>
      usageError(message('partOfPlugin', {plugin, parent}), [message('uninstallParent', {parent})]),
  ],
  [
    /^(.+?)(?: is)? not installed$/u,
    ([plugin = '']) => usageError(message('notInstalled', {plugin}), [message('listPlugins')]),
  ],
  [/^Invalid npm package name\.$/u, () => usageError(message('notPackageName'), [message('checkPluginName')])],
  [
    /^(.+) does not exist in the registry\.$/u,
    ([plugin = '']) =>
      usageError(message('notInRegistry', {plugin}), [message('checkPluginName'), message('askRegistry', {plugin})]),
  ],
  [/^Ignoring top-level CLI plugin .+$/u, () => usageError(message('installsItself'), [message('checkPluginName')])],
  [/^plugin is invalid$/u, () => usageError(message('notPlugin'), [message('pluginFolder')])],
  [/ exited with code (\d+)$/u, ([code = '']) => unavailable(message('npmFailed', {code}))],
  [
    /^(npm|yarn) not found$/u,
    ([program = '']) => unavailable(message('programMissing', {program}), message('installProgram', {program})),
  ],
]

function unavailable(problem: ReturnType<typeof message>, ...suggestions: ReturnType<typeof message>[]): Ep23Error {
  return new Ep23Error(problem, {code: 'PLUGIN_NOT_INSTALLED', exit: EXIT.unavailable, suggestions})
}

/** The same refusal as one of ours, which says what to do and is known in Russian; undefined for what is no refusal of oclif's. */
export function oclifRefusal(error: Error & {parse?: unknown}): Ep23Error | undefined {
  if (error.parse !== undefined) return toEp23Error(error)
  for (const [said, refusal] of REFUSALS) {
    const found = said.exec(error.message)
    if (found) return refusal(found.slice(1))
  }
  return undefined
}
