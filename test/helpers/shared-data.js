// Which tests read the data sets that lie beside the repository, by themselves or by a file they import.
import {existsSync, globSync, readFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'

const TESTS = ['packages/*/test/**/*.test.ts', 'plugins/*/test/**/*.test.ts', 'test/**/*.test.ts']

/**
 * Test files that read `../shared/data`, relative to the repository's root.
 * @param {string} root
 * @returns {string[]}
 */
export function filesThatReadData(root) {
  const known = new Map()
  return globSync(TESTS, {cwd: root})
    .filter(file => readsData(join(root, file), known))
    .map(file => relative(root, join(root, file)))
    .sort()
}

function readsData(file, known) {
  if (known.has(file)) return known.get(file)
  // An answer for files that import each other.
  known.set(file, false)
  const text = readFileSync(file, 'utf8')
  const imported = [...text.matchAll(/(?:from|import) '(\.[^']+\.ts)'/gu)].map(([, path]) =>
    resolve(dirname(file), path),
  )
  // Whoever looks whether they are there leaves out what needs them, and no more.
  const asks = text.includes('existsSync(DATA)')
  const answer =
    (text.includes('shared/data') && !asks) || imported.some(path => existsSync(path) && readsData(path, known))
  known.set(file, answer)
  return answer
}
