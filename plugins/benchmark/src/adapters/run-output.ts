import {readdir} from 'node:fs/promises'
import {resolve} from 'node:path'

import {Ep23Error, EXIT, type Message} from '@ep23/sdk'

import {RUN_FILES} from '../domain/run-folder.js'
import {message} from '../words/words.js'

/**
 * The folder of `--output` for a new run: a finished run is not replaced, and no run is mixed with other files. One that was stopped,
 * and what may be written for a run before it begins, is no hindrance.
 * @throws Ep23Error BENCHMARK_FOLDER_IN_USE (77)
 */
export async function newRunFolder(path: string): Promise<string> {
  const folder = resolve(path)
  const names: string[] = await readdir(folder).catch(() => [])
  if (names.includes(RUN_FILES.result)) throw inUse(folder, message('hasFinishedRun'))
  const foreign = names.filter(name => !name.startsWith('.') && !Object.values<string>(RUN_FILES).includes(name))
  if (foreign.length > 0 && !names.includes(RUN_FILES.plan))
    throw inUse(folder, message('hasOtherFiles', {files: foreign.slice(0, 3).join(', ')}))
  return folder
}

function inUse(folder: string, problem: Message): Error {
  return new Ep23Error(message('folderInUse', {folder, problem}), {
    code: 'BENCHMARK_FOLDER_IN_USE',
    exit: EXIT.notPermitted,
    suggestions: [message('newFolder'), message('orWithoutOutput')],
  })
}
