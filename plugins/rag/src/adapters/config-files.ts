import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {badDataError, readTextFile, usageError, writeFileAtomically, Ep23Error, EXIT, errorMessage} from '@ep23/sdk'
import {type ConfigText, readConfigYaml} from '../domain/config-yaml.js'
import {basename, dirname, join} from 'node:path'
import {withFileLock} from '@ep23/sdk/file-lock'
import type {HistoryEntry} from '../domain/config-history.js'
import {fileLines, lineError} from '../formats/file-line.js'
import {message} from '../words/words.js'

/** @throws Ep23Error USAGE (64) when there is no such file, RAG_CONFIG_INVALID (65) as `readConfigYaml` */
export async function readConfigFile(path: string): Promise<ConfigText> {
  if (!existsSync(path)) throw usageError(message('noConfig', {path}), [message('runInProject')])
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
  throw badDataError('RAG_CONFIG_UNWRITABLE', message('readsOtherwise', {path}), [message('writtenByOther')])
}

/** `config/retrieval_rerank_config.yaml` → `config/.retrieval_rerank_config.lock`. */
export function lockPath(config: string): string {
  return join(dirname(config), `.${basename(config).replace(/\.ya?ml$/u, '')}.lock`)
}

/**
 * Runs `work` while no other process changes this configuration: from reading it to having written it.
 * @throws Ep23Error RAG_CONFIG_BUSY (75) at once when another process does, NOT_WRITABLE (77)
 */
export function withConfigLock<T>(config: string, work: () => Promise<T>): Promise<T> {
  return withFileLock({path: lockPath(config), busy: () => busyError(config)}, work)
}

function busyError(config: string): Error {
  return new Ep23Error(message('configBusy', {config}), {
    code: 'RAG_CONFIG_BUSY',
    exit: EXIT.tryAgain,
    suggestions: [message('seeWhatItDid'), message('thenRunAgain')],
  })
}

/** `config/retrieval_rerank_config.yaml` → `config/retrieval_rerank_config.history.jsonl`. */
export function historyPath(config: string): string {
  return `${config.replace(/\.ya?ml$/u, '')}.history.jsonl`
}

export interface History {
  path: string
  /** Lines as they stand, one an entry. */
  lines: string[]
  entries: HistoryEntry[]
}

/** The history beside a configuration; without a file an empty one. @throws Ep23Error RAG_HISTORY_UNREADABLE (65) with file and line */
export async function readHistory(config: string): Promise<History> {
  const path = historyPath(config)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw badDataError('RAG_HISTORY_UNREADABLE', message('pathUnreadable', {path, problem: error.message}), [], error)
  })
  const lines = [...fileLines(path, text)]
  const entries = lines.map(line => {
    try {
      const entry = JSON.parse(line.text) as HistoryEntry
      if (typeof entry.signature === 'string' && typeof entry.content === 'string' && Array.isArray(entry.diff))
        return entry
      throw new Error('fields are missing')
    } catch (error) {
      throw lineError('RAG_HISTORY_UNREADABLE', line, message('notHistoryLine', {problem: errorMessage(error)}), [
        message('bringBackFile'),
      ])
    }
  })
  return {path, lines: lines.map(line => line.text), entries}
}

/** Writes the history with one more entry, whole or not at all. */
export async function appendHistory({path, lines}: History, entry: HistoryEntry): Promise<void> {
  await writeFileAtomically(path, [...lines, JSON.stringify(entry)].map(line => `${line}\n`).join(''))
}
