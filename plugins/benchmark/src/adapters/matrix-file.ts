import {dirname, resolve} from 'node:path'

import {readTextFile} from '@ep23/sdk'

import {type MatrixFile, type MatrixPlan, matrixProblems, planOfFile} from '../domain/matrix-plan.js'
import {checkedYaml, type YamlKind} from './checked-yaml.js'
import {message} from '../words/words.js'

const KIND: YamlKind = {
  code: 'BENCHMARK_BAD_MATRIX',
  what: message('theMatrix'),
  schema: new URL('../../schemas/matrix.schema.json', import.meta.url),
  advice: message('matrixSchema'),
}

/** @throws Ep23Error BENCHMARK_BAD_MATRIX (65) naming file, line, column and field of the first problem, and how many more there are */
export async function readMatrixFile(file: string): Promise<MatrixPlan> {
  const text = await readTextFile(file)
  return planOfFile(await checkedYaml<MatrixFile>({file, text}, KIND, matrixProblems), path =>
    resolve(dirname(file), path),
  )
}
