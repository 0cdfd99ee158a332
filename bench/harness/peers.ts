import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/**
 * What others use instead, installed into a folder that git ignores at the first run. A peer that cannot be had on this machine is
 * named in the table and is no failure.
 */
export class Peers {
  readonly #folder: string
  readonly #use: boolean
  readonly missing: string[] = []
  readonly versions: Record<string, string> = {}

  /** @param use false takes part without any peer */
  constructor(folder: string, {use}: {use: boolean}) {
    this.#folder = folder
    this.#use = use
    mkdirSync(folder, {recursive: true})
  }

  /** Folder for files of a peer. */
  folder(name: string): string {
    const folder = join(this.#folder, name)
    mkdirSync(folder, {recursive: true})
    return folder
  }

  /** Path of an npm package's file; undefined where the package cannot be had. */
  npm(name: string, file: string): string | undefined {
    if (!this.#use) return undefined
    const prefix = join(this.#folder, 'npm', name)
    const packageFolder = join(prefix, 'node_modules', name)
    if (!existsSync(packageFolder))
      this.#try('npm', [
        'install',
        '--prefix',
        this.folder(`npm/${name}`),
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        name,
      ])
    const program = join(packageFolder, file)
    if (!existsSync(program)) return this.#miss(name)
    const {version} = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {version: string}
    this.versions[name] = version
    return program
  }

  /** Python with the package in one environment for all of them; undefined where it cannot be had. */
  python(name: string): string | undefined {
    if (!this.#use) return undefined
    const venv = join(this.#folder, 'venv')
    const python = join(venv, 'bin/python')
    if (!existsSync(python)) this.#try('python3', ['-m', 'venv', venv])
    const version = this.#pythonVersion(python, name) ?? this.#installPython(python, name)
    if (version === undefined) return this.#miss(name)
    this.versions[name] = version
    return python
  }

  #installPython(python: string, name: string): string | undefined {
    this.#try(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', name])
    return this.#pythonVersion(python, name)
  }

  #pythonVersion(python: string, name: string): string | undefined {
    const code = `from importlib.metadata import version; print(version(${JSON.stringify(name)}))`
    const {status, stdout} = spawnSync(python, ['-c', code], {encoding: 'utf8'})
    return status === 0 ? stdout.trim() : undefined
  }

  /** A program on the PATH, in the cache folder's `bin`, or built there by Go; undefined where none is. */
  goProgram(name: string, module: string): string | undefined {
    if (!this.#use) return undefined
    const bin = this.folder('bin')
    const found = [...(process.env['PATH'] ?? '').split(':'), bin].map(folder => join(folder, name)).find(existsSync)
    if (found === undefined) this.#try('go', ['install', `${module}@latest`], {GOBIN: bin})
    const program = found ?? join(bin, name)
    if (!existsSync(program)) return this.#miss(name)
    this.versions[name] = spawnSync(program, ['--version'], {encoding: 'utf8'}).stdout.split('\n')[0] ?? ''
    return program
  }

  /** One attempt for each peer: what an earlier run could not install is not tried again before its mark is removed. */
  #try(command: string, args: string[], env: Record<string, string> = {}): void {
    const mark = join(this.#folder, `refused-${args.at(-1)?.replaceAll(/[^\w.-]/gu, '_')}`)
    if (existsSync(mark)) return
    process.stderr.write(`installing ${args.at(-1)}\n`)
    const {status, stderr, error} = spawnSync(command, args, {encoding: 'utf8', env: {...process.env, ...env}})
    if (status !== 0) writeFileSync(mark, error?.message ?? stderr)
  }

  /** A peer that is there and cannot do the work: it has no figure. */
  fail(name: string): number {
    this.#miss(name)
    return Number.NaN
  }

  #miss(name: string): undefined {
    if (!this.missing.includes(name)) this.missing.push(name)
  }
}
