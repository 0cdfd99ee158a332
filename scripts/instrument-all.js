// Gives all that is compiled its marks before the tests' processes ask for it, and keeps what they stand for: of every file, so that one
// which no test loads counts with none of its lines. nyc's own `all` instruments everything again, while nothing else runs.
import {existsSync, globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {instrument} from '../test/helpers/instrumented.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const {include} = JSON.parse(readFileSync(join(root, '.nycrc.json'), 'utf8'))
const files = globSync(include, {cwd: root}).map(file => join(root, file))

mkdirSync(join(root, '.cache'), {recursive: true})
writeFileSync(join(root, '.cache/places.json'), JSON.stringify(Object.fromEntries(files.map(described))))

function described(file) {
  const {coverage} = instrument(file, readFileSync(file, 'utf8'))
  const map = `${file}.map`
  return [file, {...coverage, ...(existsSync(map) && {inputSourceMap: JSON.parse(readFileSync(map, 'utf8'))})}]
}
