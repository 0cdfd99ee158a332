import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdir, readFile, rename} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'

const root = join(import.meta.dirname, '../..')
const sources = join(root, 'test/ferretdb')

/**
 * The path of the FerretDB program, built with Go on first use and kept under `.cache/` until its sources change.
 * Undefined when there is no Go; throws when Go is there and cannot build it.
 */
export async function ferretdbBinary(): Promise<string | undefined> {
  const binary = join(root, '.cache', `ferretdb-${await sourcesHash()}`)
  if (existsSync(binary)) return binary
  if (!(await hasGo())) return undefined
  // Two test runs may build at once: each builds under its own name, the renaming is atomic.
  const unfinished = `${binary}.${process.pid}`
  await mkdir(join(root, '.cache'), {recursive: true})
  process.stderr.write('building FerretDB with Go for the MongoDB tests: this once takes a minute or two\n')
  await promisify(execFile)('go', ['build', '-trimpath', '-o', unfinished, '.'], {cwd: sources})
  await rename(unfinished, binary)
  return binary
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(sources, file)))
  return hash.digest('hex').slice(0, 12)
}

async function hasGo(): Promise<boolean> {
  return promisify(execFile)('go', ['version']).then(
    () => true,
    () => false,
  )
}
