import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Contest, Contestant} from './contest.ts'
import type {Peers} from './peers.ts'

/** What every contest is made from. */
export interface Setting {
  peers: Peers
  /** A temporary folder of this run. */
  folder: string
  /** Sizes for a test of the harness itself: the figures say nothing. */
  small: boolean
  /** Also the sizes that take many minutes. */
  large: boolean
}

export type MakeContests = (setting: Setting) => Contest[] | Promise<Contest[]>

const PEER = join(import.meta.dirname, 'peer.py')
// OpenBLAS is told which kernel to use on some machines, which slows a current numpy.
const {OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...ENVIRONMENT} = process.env

/** A contestant in Python, or none where its package cannot be had. @param input of the task, a file of JSON */
export function pythonContestant(
  peers: Peers,
  {name, packages, task, input}: {name: string; packages: readonly string[]; task: string; input: string},
): Contestant[] {
  const pythons = packages.map(one => peers.python(one))
  const python = pythons[0]
  if (python === undefined || pythons.includes(undefined)) return []
  return [{name, measure: () => askPython(python, task, input) ?? peers.fail(name)}]
}

function askPython(python: string, task: string, input: string): number | undefined {
  const env = {...ENVIRONMENT, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1'}
  const {status, stdout, stderr} = spawnSync(python, [PEER, task, input], {encoding: 'utf8', env})
  if (status === 0) return Number(stdout.trim())
  process.stderr.write(`${task} failed: ${stderr.slice(-600)}\n`)
  return undefined
}

/** The file that a peer reads. */
export function inputFile({folder}: Setting, name: string, value: unknown): string {
  const file = join(folder, `${name}.json`)
  writeFileSync(file, JSON.stringify(value))
  return file
}

/** A contest whose baseline cannot be had takes the first contestant as baseline. */
export function withBaseline(contest: Contest): Contest {
  const names = contest.contestants.map(({name}) => name)
  if (names.includes(contest.baseline)) return contest
  const {aim: _unreachable, ...rest} = contest
  return {...rest, baseline: names[0] ?? contest.baseline}
}
