import {basename, dirname, join} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'

import {Ep23Error, EXIT} from '@ep23/sdk'

const BUSY = 5
/** SQLITE_CANTOPEN and SQLITE_READONLY, with their extended forms in the upper bits. */
const UNWRITABLE = [8, 14]

/** `config/retrieval_rerank_config.yaml` → `config/.retrieval_rerank_config.lock`. */
export function lockPath(config: string): string {
  return join(dirname(config), `.${basename(config).replace(/\.ya?ml$/u, '')}.lock`)
}

/**
 * Runs `work` while no other process changes this configuration: from reading it to having written it. The lock is the operating
 * system's, taken through SQLite on an empty file, so it ends with its process, whatever ends that: there is no stale lock to break.
 * The file stays, because removing it would let two processes hold locks on different files of the same name.
 * @throws Ep23Error RAG_CONFIG_BUSY (75) at once when another process has it, NOT_WRITABLE (77)
 */
export async function withConfigLock<T>(config: string, work: () => Promise<T>): Promise<T> {
  const {DatabaseSync: Database} = await import('node:sqlite')
  const lock = explained(config, () => new Database(lockPath(config), {timeout: 0}))
  try {
    explained(config, () => lock.exec('BEGIN EXCLUSIVE'))
    return await work()
  } finally {
    lock.close()
  }
}

function explained<T extends DatabaseSync | void>(config: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const errcode = ((error as {errcode?: number}).errcode ?? 0) & 0xff
    if (errcode === BUSY)
      throw new Ep23Error(`another ep23 process is changing ${config} at this moment; nothing was written here`, {
        code: 'RAG_CONFIG_BUSY',
        exit: EXIT.tryAgain,
        suggestions: ['see what it did: ep23 rag:config:history', 'then run the command again'],
      })
    if (UNWRITABLE.includes(errcode))
      throw new Ep23Error(`${dirname(config)} may not be written`, {
        code: 'NOT_WRITABLE',
        exit: EXIT.notPermitted,
        suggestions: ['change the configuration in a folder that you can write to'],
        cause: error,
      })
    throw error
  }
}
