import {createHash} from 'node:crypto'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {badDataError, hasCode, writeFileAtomically} from '@ep23/sdk'

import {CALIBRATION_FORMAT, type CalibrationFile, type ScoreCalibration} from '../domain/calibration.js'
import {message} from '../words/words.js'

/** In the folder of runs and baselines. */
const FOLDER = 'calibrations'
/** Of the judge that comes with ep23. */
const SHIPPED = fileURLToPath(new URL('../../config/calibrations', import.meta.url))

/**
 * Keeps what people think of each judge's scores, a file for each judge and set of labels; the same again replaces it.
 * @returns the files written
 */
export async function saveCalibrations(
  datasetDir: string,
  calibrations: readonly ScoreCalibration[],
): Promise<string[]> {
  const judges = Map.groupBy(calibrations, ({signature, model}) =>
    model === null ? signature : `${signature} ${model}`,
  )
  const saved: string[] = []
  for (const [instrument, scores] of judges) {
    const {judge, labels_sha256: labels} = scores[0] as ScoreCalibration
    const key = createHash('sha256').update(`${instrument} ${labels}`).digest('hex').slice(0, 12)
    const path = join(datasetDir, FOLDER, `${judge.replaceAll(/[^\w-]/gu, '_')}-${key}.json`)
    const file: CalibrationFile = {format_version: CALIBRATION_FORMAT, scores}
    await writeFileAtomically(path, `${JSON.stringify(file, undefined, 2)}\n`)
    saved.push(path)
  }
  return saved
}

/**
 * All that is kept, and what comes with ep23.
 * @throws Ep23Error BENCHMARK_BAD_CALIBRATION (65)
 */
export async function readCalibrations(datasetDir: string): Promise<ScoreCalibration[]> {
  const folders = [SHIPPED, join(datasetDir, FOLDER)]
  return (await Promise.all(folders.map(readFolder))).flat()
}

async function readFolder(folder: string): Promise<ScoreCalibration[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  })
  const files = names.filter(name => name.endsWith('.json')).toSorted()
  return (await Promise.all(files.map(name => readCalibration(join(folder, name))))).flat()
}

async function readCalibration(path: string): Promise<readonly ScoreCalibration[]> {
  const text = await readFile(path, 'utf8')
  const file = parsed(text)
  if (file?.format_version === CALIBRATION_FORMAT && Array.isArray(file.scores)) return file.scores
  throw badDataError('BENCHMARK_BAD_CALIBRATION', message('otherCalibration', {path}), [
    message('calibrateAgain'),
    message('orRemoveFile'),
  ])
}

function parsed(text: string): Partial<CalibrationFile> | undefined {
  try {
    return JSON.parse(text) as Partial<CalibrationFile>
  } catch {
    return undefined
  }
}
