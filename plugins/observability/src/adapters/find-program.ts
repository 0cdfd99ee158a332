import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {accessSync, constants, statSync} from 'node:fs'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join, resolve} from 'node:path'
import {text} from 'node:stream/consumers'

import type {Tool, ToolAnswer} from '../domain/provision.js'

/** The absolute path of a program given by path or found on the PATH; undefined when there is none. */
export function findProgram(name: string | undefined): string | undefined {
  if (!name) return undefined
  const candidates = name.includes('/')
    ? [resolve(name)]
    : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const LONGEST_MS = 60_000

/** Runs the tool at a path or on the PATH in a folder; undefined when there is none. */
export function findTool(name: string, folder: string): Tool | undefined {
  const program = findProgram(name)
  if (program === undefined) return undefined
  return async (args, {input = '', file} = {}) => {
    if (file === undefined) return run(program, args, {folder, input})
    const temporary = await mkdtemp(join(tmpdir(), 'ep23-provision-'))
    try {
      const path = join(temporary, 'queries.yml')
      await writeFile(path, file)
      return await run(program, [...args, path], {folder, input})
    } finally {
      await rm(temporary, {recursive: true, force: true})
    }
  }
}

async function run(
  program: string,
  args: readonly string[],
  {folder, input}: {folder: string; input: string},
): Promise<ToolAnswer> {
  const child = spawn(program, args, {cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], timeout: LONGEST_MS})
  // A tool that reads no input may have closed it already.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return {ok: code === 0, output: `${output}${errors}`}
}
