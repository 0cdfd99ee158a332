import {dirname, join, normalize} from 'node:path'

import {Ep23Error, parseGuarded} from '@ep23/sdk'
import {LineCounter, parseAllDocuments} from 'yaml'

import {message} from '../words/words.js'
import type {RepositoryFinding} from './repository-finding.js'

export interface CheckedFile {
  file: string
  size: number
  /** Undefined for what is no text, or too long to be read. */
  text: string | undefined
}

/** From here on a file of JSON lines is a burden for git and for whoever opens it. */
const MOST_JSONL_BYTES = 5 * 1024 * 1024

/** All that is wrong with one file. @param known every file of the repository, for links */
export function fileFindings(checked: CheckedFile, known: ReadonlySet<string>): RepositoryFinding[] {
  const {file, text} = checked
  if (file.endsWith('.jsonl')) return sizeFindings(checked)
  if (text === undefined) return []
  const conflicts = conflictFindings(file, text)
  // What lies between the marks is no text of one version.
  if (conflicts.length > 0) return conflicts
  if (/\.ya?ml$/u.test(file)) return yamlFindings(file, text)
  if (file.endsWith('.json') && !/(?:^|\/)(?:tsconfig[^/]*|\.vscode\/.*)\.json$/u.test(file))
    return jsonFindings(file, text)
  return file.endsWith('.md') ? linkFindings(file, text, known) : []
}

function sizeFindings({file, size}: CheckedFile): RepositoryFinding[] {
  if (size <= MOST_JSONL_BYTES) return []
  const megabytes = Math.round(size / 1024 / 1024)
  return [{rule: 'jsonl_size', file, line: null, column: null, detail: message('jsonlTooLarge', {megabytes, file})}]
}

function conflictFindings(file: string, text: string): RepositoryFinding[] {
  const lines = text.split('\n')
  const begins = lines.findIndex(line => line.startsWith('<<<<<<< '))
  const isConflict = begins >= 0 && lines.slice(begins).some(line => line.startsWith('>>>>>>> '))
  return isConflict ? [{rule: 'conflict', file, line: begins + 1, column: 1, detail: message('conflictMarker')}] : []
}

function yamlFindings(file: string, text: string): RepositoryFinding[] {
  const found = (from: number, problem: string): RepositoryFinding => {
    const {line, col: column} = lineCounter.linePos(from)
    return {rule: 'yaml', file, line, column, detail: message('notYaml', {problem})}
  }
  const lineCounter = new LineCounter()
  try {
    const documents = parseGuarded({file, text, code: 'REPOSITORY_BAD_FILE'}, () =>
      parseAllDocuments(text, {lineCounter, strict: true, uniqueKeys: true}),
    )
    const errors = Array.isArray(documents) ? documents.flatMap(document => document.errors) : []
    return errors.map(({pos: [from], message: problem}) => found(from, problem.split('\n')[0] ?? ''))
  } catch (error) {
    if (error instanceof Ep23Error) return [found(0, error.message)]
    throw error
  }
}

function jsonFindings(file: string, text: string): RepositoryFinding[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    const problem = (error as Error).message
    const {line, column} = placeIn(text, problem)
    return [{rule: 'json', file, line, column, detail: message('notJson', {problem})}]
  }
}

const JSON_TOKEN = /\s+|[{}[\],:]|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y

/** Node says where it stopped, but not for words that are none; then it is the first text that is no token of JSON. */
function placeIn(text: string, problem: string): {line: number; column: number} {
  const told = /at position (\d+)/u.exec(problem)?.[1]
  const before = text.slice(0, told === undefined ? tokensEnd(text) : Number(told)).split('\n')
  return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1}
}

function tokensEnd(text: string): number {
  JSON_TOKEN.lastIndex = 0
  for (let end = 0; ; end = JSON_TOKEN.lastIndex) if (!JSON_TOKEN.test(text)) return end
}

const LINK = /\]\((?<target>[^)\s]+)(?:\s+"[^"]*")?\)/gu

function linkFindings(file: string, text: string, known: ReadonlySet<string>): RepositoryFinding[] {
  const lines = withoutCode(text).split('\n')
  return lines.flatMap((line, index) =>
    [...line.matchAll(LINK)].flatMap(({groups, index: at}) => {
      const [target = ''] = (groups?.['target'] ?? '').split('#', 1)
      if (target === '' || /^(?:[a-z]+:|\/)/u.test(target)) return []
      const path = normalize(join(dirname(file), decoded(target))).replace(/\/$/u, '')
      // What lies beside the repository is none of its business.
      if (path.startsWith('..') || path === '.' || known.has(path) || isFolderOf(path, known)) return []
      return [{rule: 'link' as const, file, line: index + 1, column: at + 1, detail: message('brokenLink', {target})}]
    }),
  )
}

const foldersOf = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>()

function isFolderOf(path: string, known: ReadonlySet<string>): boolean {
  const folders = foldersOf.get(known) ?? new Set([...known].flatMap(foldersAbove))
  foldersOf.set(known, folders)
  return folders.has(path)
}

function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Examples in code are no links; lines stay where they are. */
function withoutCode(text: string): string {
  return text
    .replaceAll(/^```[^]*?^```/gmu, block => block.replaceAll(/[^\n]/gu, ' '))
    .replaceAll(/`[^`\n]*`/gu, code => ' '.repeat(code.length))
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
