// `npm test` on a fresh clone: installs and builds what is missing, then runs everything that can fail.
// `npm test -- FILE …` runs only those test files, without coverage.
// Plain Node 18+ and no dependency, because nothing may be installed yet.
import {spawnSync} from 'node:child_process'
import {existsSync, rmSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules/.bin')
// Said where `npm install` has just done it; no process of the tests is to see it.
const {EP23_TEST_BUILT: isBuilt, ...given} = process.env
const env = {...given, PATH: `${bin}${delimiter}${given.PATH}`}

const everything = ['packages/*/test/**/*.test.ts', 'plugins/*/test/**/*.test.ts', 'test/**/*.test.ts']
const files = process.argv.slice(2)

const steps = [
  ...(existsSync(join(bin, 'tsc')) && existsSync(join(bin, 'node')) ? [] : [['install', 'npm', ['install']]]),
  ...(isBuilt ? [] : [['build', 'node', ['scripts/build.js']]]),
  ...(isBuilt ? [] : [['bundle', 'node', ['scripts/bundle/bundle.js']]]),
  ['types', 'tsc', ['-b', 'test']],
  ['types of pages', 'tsc', ['-p', 'plugins/benchmark/page']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['format', 'oxfmt', ['--check']],
  ['unused', 'knip', []],
  ['house', 'node', ['scripts/house.js', '--check']],
  ['packages', 'node', ['scripts/check-packages.js']],
  ...(files.length > 0 ? [['test', 'mocha', files]] : testsAndCoverage()),
]

rmSync(join(root, '.nyc_output'), {recursive: true, force: true})
for (const [name, command, args] of steps) {
  console.error(`\n> ${name}: ${command} ${args.join(' ')}`)
  const {status} = spawnSync(command, args, {cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32'})
  if (status !== 0) {
    console.error(`\n${name} failed`)
    process.exit(status ?? 1)
  }
}

/** Most tests wait for other processes: three files at a time fill two cores. */
function testsAndCoverage() {
  return [
    ['test', 'nyc', ['mocha', '--parallel', '--jobs', '3', ...everything]],
    ['coverage', 'node', ['scripts/check-coverage.js']],
  ]
}
