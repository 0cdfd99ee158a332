import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A team's plugin in a folder of its own, with copies of the sdk and of OpenTelemetry's api that are not the host's. */
export function makeTeamPlugin(parent: string): string {
  const folder = join(parent, 'team-plugin')
  cpSync(join(root, 'test/fixtures/team-plugin'), folder, {recursive: true})
  addSdkCopy(folder)
  const api = 'node_modules/@opentelemetry/api'
  cpSync(join(root, api), join(folder, api), {recursive: true})
  return folder
}

/** The sdk as npm would copy it into a plugin. */
export function addSdkCopy(folder: string): void {
  const sdk = join(folder, 'node_modules/@ep23/sdk')
  for (const part of ['package.json', 'dist', 'testing/dist'])
    cpSync(join(root, 'packages/sdk', part), join(sdk, part), {recursive: true})
}

/** For a linked plugin, which npm does not install: the sdk's peer, found as a team's own install would leave it. */
export function addPeers(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@oclif'), {recursive: true})
  symlinkSync(join(root, 'node_modules/@oclif/core'), join(folder, 'node_modules/@oclif/core'), 'dir')
}

/** Packs a package folder as npm publishes it; returns the tarball's absolute path. */
export function pack(folder: string, destination: string): string {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]
  const {status, stdout, stderr} = spawnSync('npm', args, {cwd: folder, encoding: 'utf8'})
  if (status !== 0) throw new Error(`npm pack failed in ${folder}: ${stderr}`)
  return join(destination, stdout.trim())
}
