import {existsSync} from 'node:fs'
import {join} from 'node:path'

import {filesThatReadData} from './test/helpers/shared-data.js'

const data = join(import.meta.dirname, '../shared/data')
const left = existsSync(data) ? [] : filesThatReadData(import.meta.dirname)
if (left.length > 0 && process.env['MOCHA_WORKER_ID'] === undefined)
  process.stderr.write(`${data} is missing: ${left.length} files of tests that read it are left out\n`)

export default {
  require: ['./test/helpers/live-test.ts', './test/helpers/messages-in-english.ts'],
  'node-option': ['enable-source-maps'],
  timeout: 120_000,
  ignore: left,
}
