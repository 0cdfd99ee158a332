// How long `ep23` takes to start, as a ratio to a Node that does nothing, run in turn, beside the start of other command lines:
//
//   node bench/startup.ts [--pairs N] [--no-peers]
//
// The peers are installed from npm into .cache/peers at the first run; one that cannot be had is named and left out.
import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

const {values: flags} = parseArgs({
  options: {pairs: {type: 'string', default: '15'}, peers: {type: 'boolean', default: true}},
  allowNegative: true,
})
const root = join(import.meta.dirname, '..')
const ep23 = join(root, 'bin/run.js')
const folder = mkdtempSync(join(tmpdir(), 'ep23-startup-'))

const COMMANDS: Record<string, {args: string[]; aim?: number}> = {
  'ep23 --version': {args: [ep23, '--version'], aim: 2.5},
  'ep23 --help': {args: [ep23, '--help'], aim: 3},
  'ep23 dataset:seed --help': {args: [ep23, 'dataset:seed', '--help'], aim: 3},
  'ep23 config:explain': {args: [ep23, 'config:explain'], aim: 4},
  'ep23 dataset:audit, 150 digests': {args: [ep23, 'dataset:audit'], aim: 5},
}
const PEERS: Record<string, {install: string; bin: string}> = {
  'shopify version': {install: '@shopify/cli', bin: '@shopify/cli/bin/run.js'},
  'checkly --version': {install: 'checkly', bin: 'checkly/bin/run'},
}

try {
  wallSeconds([ep23, 'dataset:seed', '--quiet'])
  for (const [name, {args, aim}] of Object.entries(COMMANDS)) print(name, args, aim)
  if (flags.peers) for (const [name, peer] of Object.entries(PEERS)) printPeer(name, peer)
} finally {
  rmSync(folder, {recursive: true, force: true})
}

function printPeer(name: string, {install, bin}: {install: string; bin: string}): void {
  const cache = join(root, '.cache/peers')
  const program = join(cache, 'node_modules', bin)
  if (!existsSync(program)) {
    mkdirSync(cache, {recursive: true})
    spawnSync('npm', ['install', '--prefix', cache, '--no-audit', '--no-fund', install], {stdio: 'ignore'})
  }
  if (!existsSync(program)) return console.log(`${name.padEnd(34)} not to be had here`)
  print(name, [program, name.split(' ')[1] ?? '--version'])
}

/** The median of pairs: the command, then a Node that does nothing. */
function print(name: string, args: string[], aim?: number): void {
  wallSeconds(args)
  const pairs = Array.from({length: Number(flags.pairs)}, () => ({
    own: wallSeconds(args),
    bare: wallSeconds(['-e', '0']),
  }))
  const own = median(pairs.map(pair => pair.own))
  const ratio = median(pairs.map(pair => pair.own / pair.bare))
  const wanted = aim === undefined ? '' : `, aim ${aim.toFixed(1)}`
  console.log(
    `${name.padEnd(34)} ${(own * 1000).toFixed(0).padStart(5)} ms, ${ratio.toFixed(2)} x node -e 0 (median of ${pairs.length} pairs${wanted})`,
  )
}

function wallSeconds(args: string[]): number {
  const start = performance.now()
  const {status, stderr} = spawnSync(process.execPath, args, {cwd: folder, encoding: 'utf8', env: closedEnvironment()})
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}: ${stderr}`)
  return (performance.now() - start) / 1000
}

function closedEnvironment(): NodeJS.ProcessEnv {
  return {PATH: process.env['PATH'], HOME: folder, EP23_DATA_DIR: folder, CI: '1'}
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
