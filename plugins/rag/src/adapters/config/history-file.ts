import {readFile} from 'node:fs/promises'

import {badDataError, writeFileAtomically} from '@ep23/sdk'

import type {HistoryEntry} from '../../domain/history-entry.js'
import {fileLines, lineError} from '../../formats/file-line.js'

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
    throw badDataError('RAG_HISTORY_UNREADABLE', `${path} cannot be read: ${error.message}`, [], error)
  })
  const lines = [...fileLines(path, text)]
  const entries = lines.map(line => {
    try {
      const entry = JSON.parse(line.text) as HistoryEntry
      if (typeof entry.signature === 'string' && typeof entry.content === 'string' && Array.isArray(entry.diff))
        return entry
      throw new Error('fields are missing')
    } catch (error) {
      throw lineError(
        'RAG_HISTORY_UNREADABLE',
        line,
        `the line is no entry of the history: ${(error as Error).message}`,
        ['bring the file back from the repository'],
      )
    }
  })
  return {path, lines: lines.map(line => line.text), entries}
}

/** Writes the history with one more entry, whole or not at all. */
export async function appendHistory({path, lines}: History, entry: HistoryEntry): Promise<void> {
  await writeFileAtomically(path, [...lines, JSON.stringify(entry)].map(line => `${line}\n`).join(''))
}
