// Every figure of ep23's speed and memory in one table, beside what people would use instead: `npm run bench`.
//
//   npm run bench -- [--only NAME …] [--compare OLD.json] [--rounds N] [--large] [--no-peers] [--output FOLDER]
//
// Contestants take turns; each ratio is to a baseline of the same round. Peers are installed into .cache/bench at the first run;
// one that cannot be had is named, never a failure. The whole suite writes benchmarks.json and benchmarks.md into docs/; with --only
// the table is printed, and written where --output says, beside what is there of the others. --compare names what got slower, with its noise. None of it is a test.
// `--no-peers` measures ep23 alone, `--large` also takes 10^5 digests. The other programs of this folder are simulations and measurements with a page of their own.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, loadavg, tmpdir, totalmem} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

import {type Figure, hold} from './harness/contest.ts'
import {Peers} from './harness/peers.ts'
import type {MakeContests} from './harness/setting.ts'
import {compareResults, markdownTable, type Results} from './harness/table.ts'

const ROOT = join(import.meta.dirname, '..')
// Only what is asked for is loaded.
const GROUPS: Record<string, () => Promise<MakeContests>> = {
  overlap: async () => (await import('./contests/overlap.ts')).overlapContests,
  resampling: async () => (await import('./contests/resampling.ts')).resamplingContests,
  retrieval: async () => (await import('./contests/retrieval.ts')).retrievalContests,
  ranking: async () => (await import('./contests/ranking.ts')).rankingContests,
  'start-up': async () => (await import('./contests/start-up.ts')).startUpContests,
  judging: async () => (await import('./contests/judging.ts')).judgingContests,
  export: async () => (await import('./contests/export.ts')).exportContests,
  memory: async () => (await import('./contests/memory.ts')).memoryContests,
}

const HOW =
  '`npm run bench` writes this page. Contestants take turns on the same machine; each ratio is to the baseline of the same round, the ' +
  'median of the rounds, with the lowest and the highest. `npm run bench -- --only overlap --compare docs/benchmarks.json` says what ' +
  'got slower.'

const {values: flags} = parseArgs({
  options: {
    only: {type: 'string', multiple: true},
    compare: {type: 'string'},
    rounds: {type: 'string', default: '5'},
    output: {type: 'string'},
    large: {type: 'boolean', default: false},
    small: {type: 'boolean', default: false},
    peers: {type: 'boolean', default: true},
  },
  allowNegative: true,
})
const unknown = flags.only?.find(name => !(name in GROUPS))
if (unknown !== undefined) fail(`no benchmark is named ${unknown}: ${Object.keys(GROUPS).join(', ')}`)
const before = flags.compare === undefined ? undefined : readResults(flags.compare)

const results = await runSuite()
console.log(`${describe(results)}\n\n${markdownTable(results)}`)
if (before !== undefined) printChanges(results, before)
const output = flags.output ?? (flags.only === undefined && !flags.small ? join(ROOT, 'docs') : undefined)
if (output !== undefined) writeResults(output, results)
// A server that a contest started ends with the process.
process.emit('beforeExit', 0)

async function runSuite(): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))
  const peers = new Peers(join(ROOT, '.cache/bench'), {use: flags.peers && !flags.small})
  const loadBefore = loadavg()[0] ?? 0
  const figures: Omit<Figure, 'commit'>[] = []
  try {
    for (const [name, load] of Object.entries(GROUPS)) {
      if (flags.only !== undefined && !flags.only.includes(name)) continue
      const make = await load()
      for (const contest of await make({peers, folder, small: flags.small, large: flags.large})) {
        process.stderr.write(`${name}: ${contest.name}\n`)
        const held = await hold(contest, Number(flags.rounds))
        // A peer that is there and cannot run has no figure; it is named among the missing.
        figures.push(...held.filter(({value}) => Number.isFinite(value.median)))
      }
    }
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
  const run = about(loadBefore)
  const marked = figures.map(figure => ({...figure, commit: run.commit}))
  return {...run, peers: peers.versions, missing: peers.missing, figures: marked}
}

function about(loadBefore: number): Omit<Results, 'peers' | 'missing' | 'figures'> {
  const git = (...args: string[]): string => execFileSync('git', args, {cwd: ROOT, encoding: 'utf8'}).trim()
  // What the suite itself writes changes nothing of what it measures.
  const isDirty = git('status', '--porcelain', '--', '.', ':!docs/benchmarks.*') !== ''
  const commit = `${git('rev-parse', '--short', 'HEAD')}${isDirty ? '-dirty' : ''}`
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1e9),
    load_before: loadBefore,
    load_after: loadavg()[0] ?? 0,
  }
  return {
    machine,
    node: process.version,
    commit,
    date: new Date().toISOString().slice(0, 10),
    rounds: Number(flags.rounds),
  }
}

function describe({machine, node, commit, date, rounds, peers, missing, figures}: Results): string {
  const earlier = Map.groupBy(
    figures.filter(figure => figure.commit !== commit),
    figure => figure.commit,
  )
  const versions = Object.entries(peers).map(([name, version]) =>
    version.startsWith(name) ? version : `${name} ${version}`,
  )
  const lines = [
    `Commit ${commit}, ${date}, Node ${node}, ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB; ${rounds} rounds.`,
    `Other work on the machine: a load of ${machine.load_before.toFixed(1)} before and ${machine.load_after.toFixed(1)} after.`,
    ...[...earlier].map(
      ([before, kept]) => `Measured at ${before}: ${[...new Set(kept.map(({contest}) => contest))].join('; ')}.`,
    ),
    ...(versions.length > 0 ? [`Beside ${versions.join(', ')}.`] : []),
    ...(missing.length > 0 ? [`Not to be had on this machine: ${missing.join(', ')}.`] : []),
  ]
  return lines.join('\n')
}

function writeResults(target: string, measured: Results): void {
  mkdirSync(target, {recursive: true})
  const found = flags.only === undefined ? measured : besideOthers(measured, join(target, 'benchmarks.json'))
  writeFileSync(join(target, 'benchmarks.json'), `${JSON.stringify(found, undefined, 2)}\n`)
  writeFileSync(
    join(target, 'benchmarks.md'),
    `---\nlang: en\n---\n\n# Benchmarks\n\n${HOW}\n\n${describe(found)}\n\n${markdownTable(found)}\n`,
  )
}

/** Contests that were not held now stay as they were, with the commit they were measured at. */
function besideOthers(measured: Results, file: string): Results {
  if (!existsSync(file)) return measured
  const old = readResults(file)
  const held = new Set(measured.figures.map(({contest}) => contest))
  return {
    ...measured,
    peers: {...old.peers, ...measured.peers},
    missing: [...new Set([...old.missing, ...measured.missing])],
    figures: [...old.figures.filter(({contest}) => !held.has(contest)), ...measured.figures],
  }
}

function printChanges(now: Results, old: Results): void {
  console.log(`\nagainst ${old.commit} of ${old.date}:`)
  for (const {contest, contestant, verdict, factor} of compareResults(now, old)) {
    const by = factor === undefined ? '' : `, ${factor.toFixed(2)} times as good`
    console.log(`  ${verdict.padEnd(14)} ${contest}: ${contestant}${by}`)
  }
}

function readResults(file: string): Results {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results
  } catch (error) {
    return fail(`${file} has no results of npm run bench: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(64)
}
