import {globSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {Plugin} from '@oclif/core'

/** The host's folder and every plugin's. */
export function packagesWithCommands(root) {
  return [
    root,
    ...globSync('plugins/*/package.json', {cwd: root})
      .map(file => join(root, dirname(file)))
      .sort(),
  ]
}

/** The manifest as a text, from the compiled commands, ignoring the one on disk. */
export async function manifestOf(folder) {
  const plugin = new Plugin({
    root: folder,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  const {commands, ...rest} = plugin.manifest
  // oclif names commands as their modules come, which is not always in one order. Where the package lies on this machine is nobody's
  // business; oclif fills it in when it loads the manifest.
  const sorted = Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({commands: Object.fromEntries(sorted), ...rest}, null, 2)}\n`
}

export async function writeManifest(folder) {
  await writeFile(join(folder, 'oclif.manifest.json'), await manifestOf(folder))
}
