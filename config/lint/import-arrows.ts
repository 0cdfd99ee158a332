// Which way imports run (ARCHITECTURE.md). Each message says what to do instead.

/** One forbidden direction: import specifiers (gitignore-style) and what to do instead. */
interface Ban {
  group: string[]
  message: string
}

const noAdapters: Ban = {
  group: ['**/adapters/**'],
  message: 'A use case works with ports: take the adapter as a dependency, the command or its action hands it in.',
}
const noCommands: Ban = {
  group: ['**/commands/**'],
  message: 'Nothing imports a command: move what you need into a use case.',
}
const noUsecases: Ban = {group: ['**/usecases/**'], message: 'Only commands and other use cases run use cases.'}
const noActions: Ban = {
  group: ['**/actions/**'],
  message: 'Only commands call the actions, which put adapters and use cases together.',
}
const noOclif: Ban = {group: ['@oclif/core', '@oclif/core/*'], message: 'Flags and output belong into a command.'}
const noNode: Ban = {group: ['node:*'], message: 'The domain is pure: take time, files and randomness as arguments.'}
const noPlugins: Ban = {
  group: ['@ep23/plugin-*', '**/plugins/**'],
  message: 'This package may not know that plugin; ask for contributions through the sdk, or run the command by name.',
}

/** The plugins each plugin may import, through their faces. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  dataset: [],
  exporters: ['dataset'],
  benchmark: ['dataset', 'exporters'],
  daily: ['dataset', 'exporters', 'benchmark'],
  observability: [],
  rag: ['dataset'],
}

const FOLDER_BANS: Readonly<Record<string, readonly Ban[]>> = {
  domain: [noActions, noAdapters, noCommands, noUsecases, noOclif, noNode],
  usecases: [noActions, noAdapters, noCommands, noOclif],
  adapters: [noActions, noUsecases, noCommands, noOclif],
  text: [
    noAdapters,
    noCommands,
    noUsecases,
    noOclif,
    noNode,
    {group: ['@ep23/*', '**/domain/**'], message: 'The text core stands alone.'},
  ],
  measures: [
    noAdapters,
    noCommands,
    noUsecases,
    noOclif,
    noNode,
    {
      group: ['@ep23/*', '!@ep23/statistics', '**/domain/**'],
      message: 'Measures stand alone: take tokens as arguments.',
    },
  ],
  ranking: [noAdapters, noCommands, noUsecases, noOclif, noNode],
  actions: [noCommands, noOclif],
  commands: [noCommands],
}

const OTHER_PLUGINS = Object.keys(MAY_IMPORT)

function bansBetweenPlugins(plugin: string): Ban[] {
  const banned = OTHER_PLUGINS.filter(other => other !== plugin && !MAY_IMPORT[plugin]?.includes(other))
  return [
    {
      ...noPlugins,
      group: banned.flatMap(other => [`@ep23/plugin-${other}`, `@ep23/plugin-${other}/*`, `**/plugins/${other}/**`]),
    },
  ]
}

function restrict(files: string[], bans: readonly Ban[]) {
  return {files, rules: {'no-restricted-imports': ['error', {patterns: bans}] as ['error', {patterns: readonly Ban[]}]}}
}

/** Overrides for the linter; the last one that matches a file counts, so each holds all bans of its folder. */
export const importArrows = [
  restrict(['src/**'], [noPlugins]),
  restrict(['packages/sdk/src/**'], [{group: ['@ep23/*'], message: 'The sdk imports nothing of ours.'}]),
  restrict(
    ['packages/statistics/src/**'],
    [noNode, noOclif, {group: ['@ep23/*'], message: 'Statistics stand alone: take numbers as arguments.'}],
  ),
  restrict(
    ['packages/llm/src/**'],
    [
      noOclif,
      {
        group: ['@ep23/*', '!@ep23/sdk'],
        message: 'The client of model servers knows the sdk and nothing else of ours.',
      },
    ],
  ),
  restrict(
    ['packages/http/src/**'],
    [noOclif, {group: ['@ep23/*', '!@ep23/sdk'], message: 'Servers know the sdk and nothing else of ours.'}],
  ),
  restrict(
    ['packages/report/src/**'],
    [noOclif, {group: ['@ep23/*'], message: 'Pages stand alone: take texts, numbers and markup as arguments.'}],
  ),
  ...OTHER_PLUGINS.flatMap(plugin => [
    restrict([`plugins/${plugin}/src/**`], bansBetweenPlugins(plugin)),
    ...Object.entries(FOLDER_BANS).map(([folder, bans]) =>
      restrict([`plugins/${plugin}/src/${folder}/**`], [...bansBetweenPlugins(plugin), ...bans]),
    ),
  ]),
]
