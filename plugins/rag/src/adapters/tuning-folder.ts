import {existsSync} from 'node:fs'
import {appendFile, mkdir, readFile, readdir} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {badDataError, usageError, writeFileAtomically, explainWriteError, errorMessage} from '@ep23/sdk'
import {isSameSetting} from '../domain/canary.js'
import {isKnob} from '../domain/tuning.js'
import type {TestedQuery, TuningResult} from '../domain/tuning-result.js'
import {message} from '../words/words.js'

const RESULT = 'result.json'
const TESTED = 'tested-queries.jsonl'

/** Where tuning runs lie unless `--output` says otherwise. */
export const TUNING_FOLDER = join('.ep23', 'rag-tune')

/** Writes what a tuning run found; the result comes last, so that a folder with a result has everything. */
export async function writeResult(result: TuningResult, tested: readonly TestedQuery[]): Promise<void> {
  await writeFileAtomically(
    join(result.folder, TESTED),
    tested.map(query => `${JSON.stringify(query)}\n`),
  )
  await writeFileAtomically(join(result.folder, RESULT), `${JSON.stringify(result, null, 2)}\n`)
}

/**
 * @param run the folder of a tuning run, or its name below `.ep23/rag-tune`
 * @throws Ep23Error USAGE (64) when there is none, RAG_RESULT_UNREADABLE (65) for something else
 */
export async function readResult(run: string): Promise<TuningResult> {
  const folder = folderOf(run)
  return parsed(join(folder, RESULT), text => {
    const result = JSON.parse(text) as TuningResult
    if (!Array.isArray(result.front) || result.front.length === 0 || typeof result.best !== 'object')
      throw new Error('it has no front')
    requireKnobs(result)
    return {...result, folder}
  })
}

/** What is written must be what was judged, and nothing but knobs: the folder may have come from anybody. */
function requireKnobs({front, best}: TuningResult): void {
  if (!isSameSetting(front[0].train.setting, best)) throw new Error('its best setting is not the first of its front')
  const other = Object.keys(best).find(path => !isKnob(path))
  if (other !== undefined) throw new Error(`it would change ${other}, which tuning may not change`)
}

/**
 * The finished run that ended last, of these folders and those below `.ep23/rag-tune`.
 * @throws Ep23Error USAGE (64) when there is none
 */
export async function latestFolder(known: readonly string[]): Promise<string> {
  const named = await readdir(TUNING_FOLDER).catch(() => [])
  const folders = new Set([...known, ...named.map(name => resolve(TUNING_FOLDER, name))])
  const finished = await Promise.all(Array.from(folders, async folder => ({folder, at: await finishedAt(folder)})))
  const [latest] = finished.filter(({at}) => at !== '').toSorted((a, b) => (a.at < b.at ? 1 : -1))
  if (latest !== undefined) return latest.folder
  throw usageError(message('noTuningRun'), [message('startTuning')])
}

/** Blank for a folder without a result that can be read. */
async function finishedAt(folder: string): Promise<string> {
  const text = await readFile(join(folder, RESULT), 'utf8').catch(() => '{}')
  try {
    const {finished_at} = JSON.parse(text) as Partial<TuningResult>
    return typeof finished_at === 'string' ? finished_at : ''
  } catch {
    return ''
  }
}

/** The test queries of a finished run. @throws Ep23Error RAG_RESULT_UNREADABLE (65) */
export async function readTested(folder: string): Promise<TestedQuery[]> {
  return parsed(join(folder, TESTED), text =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const query = JSON.parse(line) as TestedQuery
        if (typeof query.current === 'number' && Array.isArray(query.front) && query.front.length > 0) return query
        throw new Error('it has no measured queries')
      }),
  )
}

function folderOf(run: string): string {
  const folders = [resolve(run), resolve(TUNING_FOLDER, run)]
  const finished = folders.find(folder => existsSync(join(folder, RESULT)))
  if (finished !== undefined) return finished
  const begun = folders.find(folder => existsSync(join(folder, 'trials.jsonl')))
  throw begun === undefined
    ? usageError(message('noSuchTuning', {run}), [message('nameTuningFolder')])
    : usageError(message('tuningInterrupted', {begun}), [message('sameTuneCommand')])
}

async function parsed<T>(file: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw badDataError('RAG_RESULT_UNREADABLE', message('notTuningResult', {file, problem: errorMessage(error)}), [
      message('tuneAgain'),
    ])
  }
}

/**
 * What a tuning run has measured so far: a line a trial, written as soon as it is known, so that an interrupted run goes on where
 * it stopped. The first line says what was asked for; another question is not answered from the same folder.
 */
export class TrialLog<T> {
  readonly #file: string
  readonly #known: Map<string, T>

  private constructor(file: string, known: Map<string, T>) {
    this.#file = file
    this.#known = known
  }

  /** @throws Ep23Error USAGE (64) for a folder with the trials of another question */
  static async open<T>(folder: string, question: string): Promise<TrialLog<T>> {
    const file = join(folder, 'trials.jsonl')
    await mkdir(folder, {recursive: true}).catch(error => Promise.reject(unusable(folder, error)))
    if (!existsSync(file)) await writeFileAtomically(file, `${JSON.stringify({question})}\n`)
    const [first, ...lines] = (await readFile(file, 'utf8')).split('\n')
    if ((parse(first ?? '') as {question?: unknown} | undefined)?.question !== question)
      throw usageError(message('otherTrials', {folder}), [message('nameOtherFolder')])
    const entries = lines
      .map(line => parse(line) as {key: string; trial: T} | undefined)
      .filter(entry => entry !== undefined)
    return new TrialLog(file, new Map(entries.map(({key, trial}) => [key, trial])))
  }

  get size(): number {
    return this.#known.size
  }

  /** The trial under this key: as it was measured before, or as it is measured now and kept. */
  async remember(key: string, measure: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const trial = await measure()
    await appendFile(this.#file, `\n${JSON.stringify({key, trial})}`)
    this.#known.set(key, trial)
    return trial
  }
}

function unusable(folder: string, error: NodeJS.ErrnoException): unknown {
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR')
    return usageError(message('fileNotFolder', {folder}), [message('nameOtherFolder')])
  return explainWriteError(folder, error)
}

// A run killed while it wrote leaves half a line: that trial is measured again.
function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}
