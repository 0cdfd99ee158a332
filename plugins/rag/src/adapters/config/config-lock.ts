import {basename, dirname, join} from 'node:path'

import {Ep23Error, EXIT} from '@ep23/sdk'
import {withFileLock} from '@ep23/sdk/file-lock'

/** SQLITE_CANTOPEN and SQLITE_READONLY, with their extended forms in the upper bits. */
const UNWRITABLE = [8, 14]

/** `config/retrieval_rerank_config.yaml` → `config/.retrieval_rerank_config.lock`. */
export function lockPath(config: string): string {
  return join(dirname(config), `.${basename(config).replace(/\.ya?ml$/u, '')}.lock`)
}

/**
 * Runs `work` while no other process changes this configuration: from reading it to having written it.
 * @throws Ep23Error RAG_CONFIG_BUSY (75) at once when another process does, NOT_WRITABLE (77)
 */
export async function withConfigLock<T>(config: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withFileLock({path: lockPath(config), busy: () => busyError(config)}, work)
  } catch (error) {
    throw isUnwritable(error) ? notWritableError(config, error) : error
  }
}

function isUnwritable(error: unknown): boolean {
  return UNWRITABLE.includes(((error as {errcode?: number}).errcode ?? 0) & 0xff)
}

function busyError(config: string): Error {
  return new Ep23Error(`another ep23 process is changing ${config} at this moment; nothing was written here`, {
    code: 'RAG_CONFIG_BUSY',
    exit: EXIT.tryAgain,
    suggestions: ['see what it did: ep23 rag:config:history', 'then run the command again'],
  })
}

function notWritableError(config: string, cause: unknown): Error {
  return new Ep23Error(`${dirname(config)} may not be written`, {
    code: 'NOT_WRITABLE',
    exit: EXIT.notPermitted,
    suggestions: ['change the configuration in a folder that you can write to'],
    cause,
  })
}
