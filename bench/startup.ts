// How long `ep23` takes to start, as a ratio to a Node that does nothing, run in turn.
import {spawnSync} from 'node:child_process'
import {join} from 'node:path'

const RUNS = 15
const ep23 = join(import.meta.dirname, '../bin/run.js')

const baseline = (): number => wallSeconds(['-e', '0'])
const commands: Record<string, string[]> = {
  'ep23 --version': [ep23, '--version'],
  'ep23 --help': [ep23, '--help'],
  'ep23 dataset:seed --help': [ep23, 'dataset:seed', '--help'],
  'ep23 config:explain': [ep23, 'config:explain'],
}

for (const [name, args] of Object.entries(commands)) {
  wallSeconds(args)
  const pairs = Array.from({length: RUNS}, () => ({own: wallSeconds(args), bare: baseline()}))
  const own = median(pairs.map(pair => pair.own))
  const ratio = median(pairs.map(pair => pair.own / pair.bare))
  console.log(
    `${name.padEnd(26)} ${(own * 1000).toFixed(0)} ms, ${ratio.toFixed(2)} x node -e 0 (median of ${RUNS} pairs)`,
  )
}

function wallSeconds(args: string[]): number {
  const start = performance.now()
  const {status, stderr} = spawnSync(process.execPath, args, {encoding: 'utf8'})
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}: ${stderr}`)
  return (performance.now() - start) / 1000
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
