// Exporting digests from one server over MongoDB's protocol (mongod, or FerretDB as the tests build it), beside mongoexport.
import {rmSync} from 'node:fs'
import {dirname, join} from 'node:path'

import type {Digest} from '@ep23/plugin-dataset/entities'

import {openStore} from '../../dist/store/open-store.js'
import {startMongo} from '../../test/helpers/start-mongo.ts'
import {costOf} from '../harness/child.ts'
import type {Contest} from '../harness/contest.ts'
import {type Setting, withBaseline} from '../harness/setting.ts'
import {manyDigests} from '../sources/many-digests.ts'

const EP23 = join(import.meta.dirname, '../../bin/run.js')
const DIGESTS = 1800

/** None where neither mongod nor Go is; the server ends with this process. */
export async function exportContests(setting: Setting): Promise<Contest[]> {
  const server = setting.small ? undefined : await startMongo()
  if (server === undefined) return []
  process.once('beforeExit', () => void server.stop())
  const url = server.url('bench')
  const store = await openStore(url)
  await store.collection<Digest>('digests').upsertMany(manyDigests(DIGESTS), 'digest_id')
  await store.dispose()
  const mongoexport = setting.peers.goProgram('mongoexport', 'github.com/mongodb/mongo-tools/mongoexport/main')
  const {folder} = setting
  const env = {...process.env, HOME: folder, EP23_DATA_DIR: folder, CI: '1'}
  const ours = [process.execPath, EP23, 'exporters:run', 'digests', '--window', 'all', '--store', url, '--quiet']
  const theirs = [mongoexport ?? '', '--quiet', '--uri', url, '--collection', 'digests']
  const contest = (unit: string, figure: 'wallSeconds' | 'cpuSeconds' | 'peakMegabytes'): Contest =>
    withBaseline({
      name: `export of ${DIGESTS} digests over MongoDB's protocol, ${unit}`,
      unit,
      better: 'lower',
      baseline: 'mongoexport',
      ...(figure === 'wallSeconds' ? {aim: 1} : {}),
      contestants: [
        {
          name: 'ep23',
          measure: async () => {
            const output = join(folder, 'export', 'digests.jsonl')
            rmSync(dirname(output), {recursive: true, force: true})
            return (await costOf([...ours, '--output', output], {cwd: folder, env}))[figure]
          },
        },
        ...(mongoexport === undefined
          ? []
          : [
              {
                name: 'mongoexport',
                measure: async () => (await costOf([...theirs, '--out', join(folder, 'theirs.json')]))[figure],
              },
            ]),
      ],
    })
  return [contest('s', 'wallSeconds'), contest('CPU s', 'cpuSeconds'), contest('MB at most', 'peakMegabytes')]
}
