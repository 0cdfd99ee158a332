import {basename} from 'node:path'

import type {FileFacts} from '../domain/manifest/manifest.js'
import {fileBytes} from './reading/file-bytes.js'
import {growingSha256} from './sha256.js'

/** Size and hash of a file as it lies on disk. @throws the file system's own error */
export async function hashFile(path: string): Promise<FileFacts> {
  const hash = growingSha256()
  let bytes = 0
  for await (const chunk of fileBytes(path, 'none')) {
    hash.update(chunk)
    bytes += chunk.byteLength
  }
  return {name: basename(path), bytes, sha256: hash.hex()}
}
