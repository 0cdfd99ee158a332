import {join} from 'node:path'

/**
 * What every start loads, and what every command loads after it, in one file each: a file costs a quarter of a millisecond, and there
 * were forty. Named by the modules with which each part begins; the rest is what these import.
 */
const PARTS = {
  // The reader of catalogues is small; elsewhere a help page in Russian would load all that commands need.
  start: [
    ...['node_modules/@oclif/core/lib/execute.js', 'dist/help.js', 'dist/session.js'],
    'dist/language/static-words.js',
  ],
  command: [
    'dist/runtime.js',
    'packages/sdk/dist/index.js',
    'dist/store/open-store.js',
    'dist/telemetry/no-telemetry.js',
    'dist/words/english.js',
  ],
  telemetry: ['dist/telemetry/start-telemetry.js', 'dist/store/sqlite.js'],
}

/** @returns the plugin that finds the parts, and the groups of rolldown's `codeSplitting` */
export function startGroups(root) {
  const members = Object.fromEntries(Object.keys(PARTS).map(name => [name, new Set()]))
  const plugin = {
    name: 'start-groups',
    buildEnd() {
      const addWithImports = (id, found) => {
        if (found.has(id)) return
        found.add(id)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) addWithImports(imported, found)
      }
      for (const [name, beginnings] of Object.entries(PARTS))
        for (const file of beginnings) addWithImports(join(root, file), members[name])
    },
  }
  // A module of several parts belongs to the first.
  const groups = Object.keys(PARTS).map((name, position, {length}) => ({
    name,
    test: id => members[name].has(id),
    priority: length - position,
  }))
  return {plugin, groups}
}
