import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** English texts of help pages -> Russian, of host and plugins. */
export function translations(root) {
  const files = globSync(['messages/ru.json', 'plugins/*/messages/ru.json'], {cwd: root}).sort()
  return new Map(files.flatMap(file => Object.entries(JSON.parse(readFileSync(join(root, file), 'utf8')))))
}
