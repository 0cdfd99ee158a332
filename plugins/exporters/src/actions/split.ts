import {stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {usageError, type CommandResult, type Runtime} from '@ep23/sdk'

import {filePorts} from '../adapters/file-ports.js'
import {PartedFile} from '../adapters/parted-file.js'
import {fileBytes, linesOf} from '../adapters/read-lines.js'
import {partName} from '../domain/file-names.js'
import {partsFileName, type Compression, type Parts} from '../domain/manifest.js'
import type {SplitFlags} from '../flags.js'
import {describeBytes, readablePath} from '../usecases/describe.js'
import {splitFile} from '../usecases/split-file.js'
import {stagingPort} from './ports.js'
import {message} from '../words/words.js'

/** `exporters:split`. */
export async function splitIntoParts(
  {signal}: Runtime,
  file: string,
  flags: SplitFlags,
): Promise<CommandResult<Parts>> {
  const path = resolve(file)
  const folder = resolve(flags.output ?? `${file}.parts`)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) throw usageError(message('isFolder', {file}), [message('nameFileInIt')])
  if (!found?.isFile()) throw usageError(message('noFile', {file}))
  const parts = await splitFile(
    {
      files: filePorts,
      openStaging: stagingPort,
      readPieces: wanted => linesOf(fileBytes(wanted, 'none'), true),
      openParts: ({name, ...options}) =>
        new PartedFile({...options, nameOf: (part = 1) => partName(name, part, options.compression)}),
      signal,
    },
    {path, folder, maxBytes: flags.max, compression: flags.compress as Compression},
  )
  const largest = Math.max(...parts.parts.map(({bytes}) => bytes))
  const list = readablePath(join(folder, partsFileName(parts.file.name)), process.cwd())
  return {
    data: parts,
    text: [
      message('splitInto', {
        file,
        size: describeBytes(parts.file.bytes),
        parts: parts.parts.length,
        largest: describeBytes(largest),
      }),
      message('joinThem', {list}),
    ],
  }
}
