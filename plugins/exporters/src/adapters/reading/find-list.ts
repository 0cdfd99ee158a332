import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {usageError} from '@ep23/sdk'

import {isVoucher} from '../../domain/file-names.js'

/** The list of parts at a path: the file itself, or the only one in a folder. @throws Ep23Error USAGE (64) when there are several */
export async function findList(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return path
  const [only, ...others] = (await readdir(path)).filter(isVoucher)
  if (only !== undefined && others.length === 0) return join(path, only)
  const why = only === undefined ? 'no list of parts' : `several lists: ${[only, ...others].join(', ')}`
  throw usageError(`${path} holds ${why}`, ['name the .parts.json, or the manifest of a split export'])
}
