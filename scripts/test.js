// `npm test` on a fresh clone: installs and builds what is missing, then runs everything that can fail.
// Plain Node 18+ and no dependency, because nothing may be installed yet.
import {spawnSync} from 'node:child_process'
import {existsSync, rmSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules/.bin')
const env = {...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`}

const steps = [
  ...(existsSync(join(bin, 'tsc')) && existsSync(join(bin, 'node')) ? [] : [['install', 'npm', ['install']]]),
  ['build', 'node', ['scripts/build.js']],
  ['types', 'tsc', ['-b', 'test']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['format', 'oxfmt', ['--check']],
  ['unused', 'knip', []],
  ['packages', 'node', ['scripts/check-packages.js']],
  // Most tests wait for other processes: two files at a time fill two cores.
  ['test', 'nyc', ['mocha', '--parallel', '--jobs', '2', ...process.argv.slice(2)]],
  ['coverage', 'node', ['scripts/check-coverage.js']],
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
