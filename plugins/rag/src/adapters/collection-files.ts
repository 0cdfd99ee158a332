import {stat, readFile} from 'node:fs/promises'
import {join, parse, format, dirname} from 'node:path'
import {badDataError, usageError, readFileBytes, writeFileAtomically, errorMessage, type Message} from '@ep23/sdk'
import {readBeirCorpus, readBeirQrels, readBeirQueries, readTsvQueries} from '../formats/beir.js'
import type {CorpusDocument, Query, TestCollection} from '../formats/corpus.js'
import {fileLines} from '../formats/file-line.js'
import {readSquad} from '../formats/squad.js'
import {readTrecQrels, printTrecRun} from '../formats/trec.js'
import type {Qrels, Run} from '../measures/ranking/judgements.js'
import {gunzipSync} from 'node:zlib'
import {existsSync} from 'node:fs'
import {message} from '../words/words.js'

/** A SQuAD-like file: documents, queries and judgements in one. */
export async function readSquadFile(path: string): Promise<TestCollection> {
  return readSquad(path, await readTextNamed(path, 'SQuAD-like questions'))
}

/** Queries as BEIR JSON Lines, or as `id<TAB>text` lines. */
export async function readQueriesFile(path: string): Promise<Query[]> {
  const text = await readTextNamed(path, 'queries')
  const lines = fileLines(path, text)
  const queries = [...(/^\uFEFF?\s*\{/u.test(text) ? readBeirQueries(lines) : readTsvQueries(lines))]
  if (queries.length === 0) throw nothingIn(path, 'queries', message('putQueries'))
  return queries
}

/** Judgements in TREC's four columns, or in BEIR's three with tabs. */
export async function readQrelsFile(path: string): Promise<Qrels> {
  const text = await readTextNamed(path, 'judgements')
  const isBeir = /^\uFEFF?[^\t\n]+\t[^\t\n]+\t[^\t\n]+$/mu.test(firstLine(text))
  const qrels = isBeir ? readBeirQrels(fileLines(path, text)) : readTrecQrels(fileLines(path, text))
  if (qrels.size === 0) throw nothingIn(path, 'judgements', message('makeJudgements'))
  return qrels
}

/** A BEIR corpus: its file, or the folder with its `corpus.jsonl` or `corpus.jsonl.gz`. */
export async function readCorpus(path: string): Promise<CorpusDocument[]> {
  const file = await corpusFile(path)
  if (!(await isThere(file, 'file'))) throw usageError(message('noCorpus', {file}), [message('corpusTakes')])
  return [...readBeirCorpus(fileLines(file, await readTextNamed(file, 'the corpus')))]
}

function nothingIn(path: string, what: string, suggestion: Message): Error {
  return badDataError('RAG_INPUT_EMPTY', message('pathHasNo', {path, what}), [suggestion])
}

function firstLine(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('\n'))).replace(/\r$/u, '') || text
}

async function corpusFile(path: string): Promise<string> {
  const isFolder = await isThere(path, 'folder')
  if (!isFolder) return path
  const packed = join(path, 'corpus.jsonl.gz')
  return (await isThere(packed, 'file')) ? packed : join(path, 'corpus.jsonl')
}

async function isThere(path: string, kind: 'folder' | 'file'): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return kind === 'folder' ? found?.isDirectory() === true : found?.isFile() === true
}

/** What one text of JavaScript can hold. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * The text of an input file; `.gz` is unpacked.
 * @param what the file should hold, for messages.
 * @throws Ep23Error USAGE (64) when it is not there, NOT_PERMITTED (77), RAG_INPUT_UNREADABLE (65) when it cannot be read or is not UTF-8.
 */
export async function readTextNamed(path: string, what: string): Promise<string> {
  const bytes = await readFileBytes(path, MOST_BYTES)
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(
      path.endsWith('.gz') ? gunzipSync(bytes, {maxOutputLength: MOST_BYTES}) : bytes,
    )
  } catch (error) {
    throw badDataError(
      'RAG_INPUT_UNREADABLE',
      message('shouldHold', {path, what, problem: errorMessage(error)}),
      [message('checkRightFile')],
      error,
    )
  }
}

interface Judgement {
  query: string
  document: string
  /** Undefined takes the judgement away. */
  grade: number | undefined
}

/**
 * Judgements of a file that may not be there yet.
 * @throws Ep23Error USAGE (64) for a file in BEIR's form, RAG_QRELS_UNREADABLE (65) for one that is in none.
 */
export async function readQrelsIfPresent(path: string): Promise<Qrels> {
  if (!existsSync(path)) return new Map()
  const lines = [...fileLines(path, await readTextNamed(path, 'judgements'))]
  if (lines[0]?.text.trim().split(/\s+/u).length === 3)
    throw usageError(message('beirForm', {path}), [message('nameOtherQrels')])
  return readTrecQrels(lines)
}

/**
 * Puts one judgement into the file, in the place of an earlier one of the same pair. The file is read again each time, so that
 * what somebody else has written meanwhile stays, and written whole or not at all.
 */
export async function keepLabel(path: string, {query, document, grade}: Judgement): Promise<void> {
  const lines = existsSync(path) ? (await readFile(path, 'utf8')).split('\n') : []
  const kept = lines.filter(line => line.trim() !== '')
  const place = kept.findIndex(line => {
    const [lineQuery, , lineDocument] = line.trim().split(/\s+/u)
    return lineQuery === query && lineDocument === document
  })
  const line = grade === undefined ? [] : [`${query} 0 ${document} ${grade}`]
  kept.splice(place < 0 ? kept.length : place, place < 0 ? 0 : 1, ...line)
  await writeFileAtomically(path, kept.map(text => `${text}\n`).join(''))
}

/** Writes TREC run files: `FILE`, and for the repetitions `FILE` with the number of the run before its ending. */
export async function writeRuns(path: string, runs: readonly Run[], tag: string): Promise<string[]> {
  const files = runs.map((run, i) => ({run, file: i === 0 ? path : numbered(path, i + 1)}))
  for (const {run, file} of files) await writeFileAtomically(file, withBreaks(printTrecRun(run, tag)))
  return files.map(({file}) => file)
}

function numbered(path: string, number: number): string {
  const {dir, name, ext} = parse(path)
  return format({dir, name: `${name}.${number}`, ext})
}

function* withBreaks(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

/** Finds out before the work, not after it, that no file can be written there. @throws Ep23Error USAGE (64) naming the flag */
export async function requireOutputFile(path: string, flag: string): Promise<void> {
  if (path === '') throw usageError(message('flagBlank', {flag}), [message('nameFile', {flag})])
  if (await isFolder(path)) throw usageError(message('flagIsFolder', {flag, path}), [message('nameFileIn', {flag})])
  const parent = dirname(path)
  if ((await isFolder(parent)) === false)
    throw usageError(message('parentNotFolder', {flag, path, parent}), [message('nameFileInFolder', {flag})])
}

/** Undefined when nothing is there. */
async function isFolder(path: string): Promise<boolean | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory()
}
