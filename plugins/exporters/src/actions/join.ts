import {resolve} from 'node:path'

import {writeFileAtomically, joined, type CommandResult, type Runtime} from '@ep23/sdk'

import {filePorts, readSchema} from '../adapters/file-ports.js'
import {findList} from '../adapters/open-evidence.js'
import {fileBytes} from '../adapters/read-lines.js'
import {describeBytes, readablePath} from '../usecases/describe.js'
import {joinFile, type Joined} from '../usecases/join-file.js'
import {message} from '../words/words.js'

/** `exporters:join`. */
export async function joinParts(
  {signal}: Runtime,
  list: string,
  output: string | undefined,
): Promise<CommandResult<Joined>> {
  const file = await joinFile(
    {
      files: filePorts,
      schemas: {parts: await readSchema('parts.schema.json'), manifest: await readSchema('manifest.schema.json')},
      readContent: path => fileBytes(path),
      writeAtomically: writeFileAtomically,
      signal,
    },
    await findList(resolve(list)),
    output === undefined ? undefined : resolve(output),
  )
  const {path, parts, bytes, unchanged} = file
  const what = joined([readablePath(path, process.cwd()), ' (', describeBytes(bytes), ')'], '')
  return {
    data: file,
    text: [unchanged ? message('upToDate', {what}) : message('joinedFrom', {what, parts})],
  }
}
