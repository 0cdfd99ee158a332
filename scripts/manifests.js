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
  // Where the package lies on this machine is nobody's business; oclif fills it in when it loads the manifest.
  return `${JSON.stringify(plugin.manifest, null, 2)}\n`
}

export async function writeManifest(folder) {
  await writeFile(join(folder, 'oclif.manifest.json'), await manifestOf(folder))
}
