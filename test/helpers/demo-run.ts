import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {callTool, connectOverStdio} from './mcp-client.ts'
import {fromFlags} from './real-channels.ts'
import {runEp23} from './run-ep23.ts'

const root = join(import.meta.dirname, '../..')
const XQUAD = join(root, '../shared/data/retrieval/xquad_ru/xquad.ru.subset.json')

const NOT_PERMITTED = 77
const BAD_DATA = 65

/** Seeds two real channels; again for a repair. */
export const DEMO_SEED = [
  'dataset:seed',
  ...fromFlags(['naked_science', 'proglib']),
  '--until',
  '2024-12-03',
  '--quiet',
]

/**
 * Every kind of work that a dashboard shows, once and small: a dataset, a record that is rejected, exports, a benchmark,
 * retrieval, a change of its configuration and a refused one, a call over MCP, a trace and a stray request to the sidecar.
 */
export async function demoRun(folder: string, sidecar: string): Promise<void> {
  writeCollection(folder)
  const env = {OTEL_EXPORTER_OTLP_ENDPOINT: sidecar}
  const run = async (...args: string[]): Promise<void> => ends(0, ...args)
  const ends = async (expected: number, ...args: string[]): Promise<void> => {
    const {code, stdout, stderr} = await runEp23(args, {cwd: folder, env})
    if (code !== expected) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
  }
  await run(...DEMO_SEED)
  await Promise.all([
    run('exporters:run', 'digests').then(() => run('exporters:verify')),
    run('benchmark:run', '--scenario', 'channel_digest_ru', '--judge', 'lexical', '--allow-undecided')
      .then(() => run('rag:evaluate', '--squad', 'squad.json', '--runs', '3'))
      .then(() => run('rag:tune', '--squad', 'squad.json', '--space', 'space.yaml')),
  ])
  const change = ['rag:config:set', 'retrieval.top_k', '20', '--why', 'recall at 10 was too low']
  await run('rag:owner:init')
  await run(...change)
  await ends(NOT_PERMITTED, ...change, '--key', 'nobodys.key')
  await ends(BAD_DATA, 'dataset:import', 'digests', 'bad.jsonl', '--skip-invalid')
  await countOverMcp(folder)
  await fetch(`${sidecar}/nowhere`)
}

/** The shipped configuration, a few of the real questions, and two settings to try. */
function writeCollection(folder: string): void {
  mkdirSync(join(folder, 'config'))
  const config = 'config/retrieval_rerank_config.yaml'
  copyFileSync(join(root, config), join(folder, config))
  const squad = JSON.parse(readFileSync(XQUAD, 'utf8')) as {data: unknown[]}
  writeFileSync(join(folder, 'squad.json'), JSON.stringify({...squad, data: squad.data.slice(0, 3)}))
  writeFileSync(join(folder, 'bad.jsonl'), '{}\n')
  writeFileSync(join(folder, 'space.yaml'), 'retrieval.bm25.k1: [0.9, 1.2]\n')
}

async function countOverMcp(folder: string): Promise<void> {
  const client = await connectOverStdio(folder)
  try {
    const {isError, content} = await callTool(client, 'dataset_counts')
    if (isError) throw new Error(JSON.stringify(content))
  } finally {
    await client.close()
  }
}
