import {execFile, execFileSync} from 'node:child_process'
import {cpSync, mkdirSync, realpathSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {promisify} from 'node:util'

import {leaveOut} from './live-test.ts'
import {temporaryFolder} from './run-ep23.ts'

const IMAGE = 'ep23-test/monitoring'
const SERVERS = ['prometheus', 'prometheus-alertmanager', 'prometheus-pushgateway']
const TEMPLATES = '/usr/share/prometheus/alertmanager'

/** A Docker engine with compose, and an image of this host's own servers: no registry is needed. */
export interface DockerEngine {
  /** For ep23 and docker: how to reach the engine, and the image in place of the published ones. */
  env: Record<string, string>
  docker(...args: string[]): Promise<string>
  removeImage(): Promise<void>
}

/**
 * Skips the calling hook's suite where no engine answers: unlike a package, it cannot simply be installed. With
 * EP23_TEST_DOCKER=required (as in the workflow, whose machines have one) that is a failure.
 */
export async function dockerEngine(hook: Mocha.Context): Promise<DockerEngine> {
  const env = Object.fromEntries(
    ['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT'].flatMap(name => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const docker = async (...args: string[]): Promise<string> => (await promisify(execFile)('docker', args)).stdout
  const problem = await Promise.all([docker('version'), docker('compose', 'version')]).then(
    () => undefined,
    (error: {message: string; stderr?: string}) => (error.stderr ?? error.message).trim().split('\n')[0],
  )
  if (problem !== undefined) return skip(hook, problem)
  importImage()
  const images = ['PROMETHEUS', 'ALERTMANAGER', 'PUSHGATEWAY'].map(part => [`EP23_INFRA_${part}_IMAGE`, IMAGE])
  return {
    env: {...env, ...Object.fromEntries(images)},
    docker,
    removeImage: async () => void (await docker('rmi', IMAGE)),
  }
}

function skip(hook: Mocha.Context, problem: string): never {
  if (process.env['EP23_TEST_DOCKER'] === 'required') throw new Error(`the tests in containers must run: ${problem}`)
  return leaveOut(hook, `containers (${problem})`, 'a Docker engine with compose')
}

// The programs stand where the published images have them, with the libraries that they load, in an image from nothing.
function importImage(): void {
  const folder = temporaryFolder()
  try {
    for (const name of SERVERS) {
      const path = execFileSync('which', [name], {encoding: 'utf8'}).trim()
      place(path, join(folder.path, 'bin', basename(name).replace('prometheus-', '')))
      const libraries = execFileSync('ldd', [path], {encoding: 'utf8'}).match(/\/\S+/gu) ?? []
      for (const library of libraries) place(library, join(folder.path, library))
    }
    place(TEMPLATES, join(folder.path, TEMPLATES))
    mkdirSync(join(folder.path, 'tmp'))
    const archive = execFileSync('tar', ['-c', '-C', folder.path, '.'], {maxBuffer: 2 ** 30})
    execFileSync('docker', ['import', '-', IMAGE], {input: archive, stdio: ['pipe', 'ignore', 'inherit']})
  } finally {
    folder.remove()
  }
}

function place(from: string, to: string): void {
  mkdirSync(dirname(to), {recursive: true})
  cpSync(realpathSync(from), to, {recursive: true, dereference: true, force: true})
}
