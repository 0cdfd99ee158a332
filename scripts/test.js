// `npm test` on a fresh clone: installs and builds what is missing, then runs everything that can fail.
// `npm test -- FILE …` runs only those test files, without coverage.
// Plain Node 18+ and no dependency, because nothing may be installed yet.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
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
]
/** None waits for another: two at a time, as some of them use one core only. */
const checks = [
  ['types', 'tsc', ['-b', 'test']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ...(files.length > 0 ? [] : [['marks', 'node', ['scripts/instrument-all.js']]]),
  ['unused', 'knip', []],
  ['house', 'node', ['scripts/house.js', '--check']],
  ['types of pages', 'tsc', ['-p', 'plugins/benchmark/page']],
  ['format', 'oxfmt', ['--check']],
  ['packages', 'node', ['scripts/check-packages.js']],
]

rmSync(join(root, '.nyc_output'), {recursive: true, force: true})
for (const step of steps) await run(step)
await Promise.all([runAll(checks), runAll(checks)])
for (const step of files.length > 0 ? [['test', 'mocha', files]] : testsAndCoverage()) await run(step)

async function runAll(queue) {
  for (let step = queue.shift(); step; step = queue.shift()) await run(step, 'pipe')
}

/** What is piped is shown when it has ended, so that two at once do not mix their lines. */
async function run([name, command, args], output = 'inherit') {
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['inherit', output, output],
    shell: process.platform === 'win32',
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk))
  if (output === 'inherit') announce()
  const [status] = await once(child, 'close')
  if (output === 'pipe') announce()
  process.stderr.write(Buffer.concat(said))
  if (status === 0) return
  console.error(`\n${name} failed`)
  process.exit(status ?? 1)

  function announce() {
    console.error(`\n> ${name}: ${command} ${args.join(' ')}`)
  }
}

/** Most tests wait for other processes: three files at a time fill two cores. */
function testsAndCoverage() {
  return [
    ['test', 'nyc', ['--silent', 'mocha', '--parallel', '--jobs', '3', ...everything]],
    ['marks', 'node', ['scripts/merge-marks.js']],
    ['report', 'nyc', ['report']],
    ['coverage', 'node', ['scripts/check-coverage.js']],
  ]
}
