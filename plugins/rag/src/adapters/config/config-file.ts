import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'

import {badDataError, readTextFile, usageError, writeFileAtomically} from '@ep23/sdk'

import {type ConfigText, readConfigYaml} from '../../formats/config-yaml.js'

export const DEFAULT_CONFIG_PATH = 'config/retrieval_rerank_config.yaml'

/** @throws Ep23Error USAGE (64) when there is no such file, RAG_CONFIG_INVALID (65) as `readConfigYaml` */
export async function readConfigFile(path: string): Promise<ConfigText> {
  if (!existsSync(path))
    throw usageError(`there is no retrieval configuration ${path}`, [
      'run in the folder of the project, or name the file: --rag-config FILE',
    ])
  return readConfigYaml(path, await readTextFile(path))
}

/**
 * Writes the file whole or not at all, and reads it again from the disk.
 * @throws Ep23Error RAG_CONFIG_UNWRITABLE (65) when what stands there then is not what was written.
 */
export async function writeConfigFile(path: string, text: string): Promise<ConfigText> {
  readConfigYaml(path, text)
  await writeFileAtomically(path, text)
  const written = await readFile(path, 'utf8')
  if (written === text) return readConfigYaml(path, written)
  throw badDataError('RAG_CONFIG_UNWRITABLE', `${path} reads back otherwise than it was written`, [
    'somebody else may have written it at the same moment: see ep23 rag:config:verify',
  ])
}
