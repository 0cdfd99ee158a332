// From the shell's call to the end of a short command, beside a Node that does nothing and other command lines.
import {join} from 'node:path'

import {costOf} from '../harness/child.ts'
import type {Contest, Contestant} from '../harness/contest.ts'
import type {Setting} from '../harness/setting.ts'

const EP23 = join(import.meta.dirname, '../../bin/run.js')
const OURS: Record<string, readonly string[]> = {
  'ep23 --version': ['--version'],
  'ep23 --help': ['--help'],
  'ep23 dataset:seed --help': ['dataset:seed', '--help'],
  'ep23 config:explain': ['config:explain'],
  'ep23 dataset:audit, 150 digests': ['dataset:audit'],
}
const PEERS = [
  {name: 'shopify version', install: '@shopify/cli', file: 'bin/run.js', args: ['version']},
  {name: 'checkly --version', install: 'checkly', file: 'bin/run.cjs', args: ['--version']},
] as const

export async function startUpContests({peers, folder, small}: Setting): Promise<Contest[]> {
  const env = {PATH: process.env['PATH'], HOME: folder, EP23_DATA_DIR: folder, CI: '1'}
  const contestant = (name: string, args: readonly string[]): Contestant => ({
    name,
    measure: async () => 1000 * (await costOf([process.execPath, ...args], {cwd: folder, env})).wallSeconds,
  })
  const bare = contestant('node -e 0', ['-e', '0'])
  if (small) return [startUp([bare, contestant('ep23 --version', [EP23, '--version'])])]
  await costOf([process.execPath, EP23, 'dataset:seed', '--quiet'], {cwd: folder, env})
  const others = PEERS.flatMap(({name, install, file, args}) => {
    const program = peers.npm(install, file)
    return program === undefined ? [] : [contestant(name, [program, ...args])]
  })
  return [startUp([bare, ...Object.entries(OURS).map(([name, args]) => contestant(name, [EP23, ...args])), ...others])]
}

function startUp(contestants: Contestant[]): Contest {
  return {name: 'start-up', unit: 'ms', better: 'lower', baseline: 'node -e 0', contestants}
}
