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

/** All that is wrong with one file, links aside. */
export function fileFindings(checked: CheckedFile): RepositoryFinding[] {
  const {file, text} = checked
  if (file.endsWith('.jsonl')) return sizeFindings(checked)
  if (text === undefined) return []
  const conflicts = conflictFindings(file, text)
  // What lies between the marks is no text of one version.
  if (conflicts.length > 0) return conflicts
  if (/\.ya?ml$/u.test(file)) return yamlFindings(file, text)
  if (file.endsWith('.json') && !/(?:^|\/)(?:tsconfig[^/]*|\.vscode\/.*)\.json$/u.test(file))
    return jsonFindings(file, text)
  return []
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
