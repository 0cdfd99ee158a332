import {cpSync, globSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync, gzipSync} from 'node:zlib'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {readLines} from '@ep23/plugin-exporters'

import {readLabels} from '../../plugins/benchmark/dist/adapters/read-labels.js'
import {openStoredRun} from '../../plugins/benchmark/dist/adapters/stored-run.js'
import {verifyReference} from '../../plugins/benchmark/dist/actions/verify.js'
import {checkExports} from '../../plugins/exporters/dist/actions/check.js'
import {proveFile} from '../../plugins/exporters/dist/actions/prove-file.js'
import {
  readCorpus,
  readQrelsFile,
  readQueriesFile,
  readSquadFile,
} from '../../plugins/rag/dist/adapters/collection-files.js'
import {readHistory} from '../../plugins/rag/dist/adapters/config-files.js'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {damaged, fuzz} from './fuzz-target.ts'

/** Of the ep23 that wrote the run. */
const VERSION = '0.1.0'

describe('files that others wrote, damaged', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  const at = (name: string): string => join(folder.path, name)
  after(() => folder.remove())

  fuzz(
    'lines',
    fc.tuple(damaged('{"a": 1}\n\n"я"\n', gzipSync('{"a": 1}\n')), fc.constantFrom('', '.gz', '.zst')),
    async ([bytes, ending]) => {
      writeFileSync(at(`lines${ending}`), bytes)
      for await (const _ of readLines(at(`lines${ending}`)));
    },
  )

  const rows = 'source,summary,human_score\n"В городе ""открыли"", метро",Метро,"4,5"\n'
  const labels = damaged(rows, '{"source": "текст", "summary": "итог", "human_score": 4}\n')
  fuzz('labels', fc.tuple(labels, fc.constantFrom('jsonl', 'csv')), async ([bytes, ending]) => {
    writeFileSync(at(`labels.${ending}`), bytes)
    const columns = {source: 'source', summary: 'summary', human_score: 'human_score'}
    await readLabels({path: at(`labels.${ending}`), columns, sources: undefined})
  })

  const READERS = {
    squad: [
      readSquadFile,
      '{"data": [{"paragraphs": [{"context": "Метро.", "qas": [{"id": "1", "question": "что?", "answers": [{"text": "Метро", "answer_start": 0}]}]}]}]}',
    ],
    queries: [readQueriesFile, 'q1\tгде метро\nq2\tгде мост\n', '{"_id": "q1", "text": "где метро"}\n'],
    judgements: [readQrelsFile, 'q1 0 d1 1\nq1 0 d2 0\n', 'query-id\tcorpus-id\tscore\nq1\td1\t1\n'],
    corpus: [readCorpus, '{"_id": "d1", "title": "метро", "text": "В городе есть метро."}\n'],
    'the history of a configuration': [
      () => readHistory(at('rag.yaml')),
      '{"version": 1, "signature": "x", "content": "y", "diff": []}\n',
    ],
  } satisfies Record<string, [(path: string) => Promise<unknown>, ...string[]]>
  for (const [title, [reader, ...texts]] of Object.entries(READERS))
    fuzz(title, damaged(...texts), async bytes => {
      const path = at(
        title.startsWith('the history') ? 'rag.history.jsonl' : title === 'corpus' ? 'corpus.jsonl' : 'file',
      )
      writeFileSync(path, bytes)
      await reader(path)
    })
})

/** The run of a small demonstration, its archive and an export, made once. */
const MADE = [
  ['dataset:seed', '--days', '3', '--minimum', '3', '--until', '2024-12-03', '--channels', '@first_news'],
  ['benchmark:run', '--scenario', 'channel_digest_ru', '--judge', 'lexical', '--allow-undecided'],
  ['benchmark:archive', 'latest', '--output', 'run.tar.gz'],
  ['exporters:run', 'digests', '--window', 'all', '--output', 'out'],
]

const folder = temporaryFolder()
for (const args of MADE) await runEp23(args, {cwd: folder.path, coverage: false, env: {EP23_QUIET: '1'}})

describe('archives, runs and exports, damaged', () => {
  const at = (name: string): string => join(folder.path, name)
  after(() => folder.remove())
  const packed = readFileSync(at('run.tar.gz'))
  const plain = gunzipSync(packed)

  const archive = fc.oneof(
    damaged(packed),
    damaged(plain),
    damaged(plain).map(bytes => gzipSync(bytes)),
  )
  fuzz('the archive of a run', archive, async bytes => {
    writeFileSync(at('damaged.tar.gz'), bytes)
    await verifyReference(at('damaged.tar.gz'), {datasetDir: folder.path, version: VERSION})
  })
  fuzz('an archive as evidence', archive, async bytes => {
    writeFileSync(at('damaged.tar.gz'), bytes)
    await checkExports(at('damaged.tar.gz'), undefined)
  })

  const [run = ''] = globSync('datasets/**/run.json', {cwd: folder.path})
  cpSync(at(join(run, '..')), at('run'), {recursive: true})
  /** Damages that once ended as a bug of ep23. */
  const FOUND: Record<string, (text: string) => string> = {
    'plan.json': () => '',
    'dataset.jsonl': text => text.replace('"metadata"', '"metadatum"'),
    'samples.jsonl': text => text.replace('"channel":"', String.raw`"channel":"\ud800`),
  }
  for (const [name, damage] of Object.entries(FOUND))
    it(`finds that ${name} was changed`, async () => {
      const whole = readFileSync(at(join('run', name)), 'utf8')
      writeFileSync(at(join('run', name)), damage(whole))
      const {exit, data} = await verifyReference(at('run'), {datasetDir: folder.path, version: VERSION})
      writeFileSync(at(join('run', name)), whole)
      expect(exit).to.equal(EXIT.gateFailed)
      expect(JSON.parse(JSON.stringify(data)).first_difference).to.be.a('string')
    })

  for (const name of globSync('*', {cwd: at('run')}))
    fuzz(`a run whose ${name} is damaged`, damaged(readFileSync(at(join('run', name)))), async bytes => {
      const whole = readFileSync(at(join(run, '..', name)))
      writeFileSync(at(join('run', name)), bytes)
      try {
        const opened = await openStoredRun(at('run'))
        for await (const _ of opened.samples());
        await verifyReference(at('run'), {datasetDir: folder.path, version: VERSION})
      } finally {
        writeFileSync(at(join('run', name)), whole)
      }
    })

  for (const name of globSync('*.json*', {cwd: at('out')}))
    fuzz(`an export whose ${name} is damaged`, damaged(readFileSync(at(join('out', name)))), async bytes => {
      const whole = readFileSync(at(join('out', name)))
      writeFileSync(at(join('out', name)), bytes)
      try {
        await checkExports(at('out'), undefined)
        await proveFile(at('out/digests.jsonl'))
      } finally {
        writeFileSync(at(join('out', name)), whole)
      }
    })
})
