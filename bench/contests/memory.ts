// Peak memory of whole commands at growing sizes: flat is a ratio near 1 to the smallest.
import {existsSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import type {Digest} from '@ep23/plugin-dataset/entities'

import {openStore} from '../../dist/store/open-store.js'
import {costOf} from '../harness/child.ts'
import type {Contest} from '../harness/contest.ts'
import type {Setting} from '../harness/setting.ts'
import {benchChannel, manyDigests, writeChannels} from '../sources/many-digests.ts'

const EP23 = join(import.meta.dirname, '../../bin/run.js')
const ANY_VERDICT = [0, 2, 4, 5]
const SEEDED_DAYS = 50
const LAST_DAY = '2024-11-30'

export async function memoryContests({folder, small, large}: Setting): Promise<Contest[]> {
  const sizes = small ? [20] : large ? [1000, 10_000, 100_000] : [1000, 10_000]
  const places = new Map(sizes.map(size => [size, join(folder, `memory-${size}`)]))
  for (const [size, place] of places) await fillStore(`${place}.sqlite`, size)
  const peak = async (args: string[], accept?: readonly number[]): Promise<number> => {
    const env = {...process.env, HOME: folder, EP23_DATA_DIR: folder, CI: '1'}
    return (await costOf([process.execPath, EP23, ...args, '--quiet'], {cwd: folder, env, accept})).peakMegabytes
  }
  const contest = (name: string, measure: (place: string, size: number) => Promise<number>): Contest => ({
    name: `memory of ${name}`,
    unit: 'MB at most',
    better: 'lower',
    baseline: documents(sizes[0] ?? 0),
    contestants: [...places].map(([size, place]) => ({name: documents(size), measure: () => measure(place, size)})),
  })
  const run = (place: string): string[] => {
    rmSync(`${place}.run`, {recursive: true, force: true})
    const dataset = join(`${place}.export`, 'digests.jsonl')
    return ['benchmark:run', '-s', 'channel_digest_ru', '-d', dataset, '--judge', 'lexical', '-o', `${place}.run`]
  }
  return [
    contest('dataset:seed, synthetic', (place, size) => peak(seed(`${place}.seed`, size))),
    contest('dataset:seed, real posts', (place, size) => {
      const sources = writeChannels(`${place}.sources`, size, {days: SEEDED_DAYS, until: LAST_DAY})
      const from = sources.map(({channel, file}) => ['--from', `${channel}=${file}`])
      return peak([...seed(`${place}.seed`, size), ...from.flat()])
    }),
    contest('exporters:run', place => {
      rmSync(`${place}.export`, {recursive: true, force: true})
      const output = ['--output', join(`${place}.export`, 'digests.jsonl')]
      return peak(['exporters:run', 'digests', '--window', 'all', '--store', `${place}.sqlite`, ...output])
    }),
    contest('benchmark:run, lexical', place => peak(run(place), ANY_VERDICT)),
    contest('benchmark:verify', place => peak(['benchmark:verify', `${place}.run`], ANY_VERDICT)),
    contest('benchmark:report', place => peak(['benchmark:report', `${place}.run`, '--output', `${place}.html`])),
    contest('benchmark:archive', place => {
      rmSync(`${place}.tar.gz`, {force: true})
      return peak(['benchmark:archive', `${place}.run`, '--output', `${place}.tar.gz`])
    }),
  ]
}

/** So many digests, in a store of their own. */
function seed(folder: string, size: number): string[] {
  rmSync(folder, {recursive: true, force: true})
  const channels = Array.from({length: Math.ceil(size / SEEDED_DAYS)}, (_, at) => benchChannel(at))
  const window = ['--days', String(SEEDED_DAYS), '--minimum', String(SEEDED_DAYS), '--until', LAST_DAY]
  const place = ['--dataset-dir', folder, '--store', join(folder, 'store.sqlite')]
  return ['dataset:seed', '--channels', channels.join(','), ...window, ...place]
}

function documents(size: number): string {
  return `ep23, ${size.toLocaleString('en-US')} digests`
}

async function fillStore(file: string, count: number): Promise<void> {
  if (existsSync(file)) return
  const store = await openStore(file)
  await store.collection<Digest>('digests').upsertMany(manyDigests(count), 'digest_id')
  await store.dispose()
}
