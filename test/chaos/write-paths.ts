import {copyFileSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'

import {run, type Place} from './place.ts'

/** A command that writes, and what it needs beforehand. */
export interface WritePath {
  name: string
  command: readonly string[]
  /** Commands that make what it works on. */
  before?: readonly (readonly string[])[]
  /** Files that it works on. */
  files?: (folder: string) => void
  /** What the run must have made, beside documents; throws when it is not there or not right. */
  proof?: (place: Place) => Promise<void>
  /** How it ends when it was done before. */
  onceOnly?: number
  /** False when it writes files only, whatever the store is. */
  ofStore?: false
  /** Others write in the same way: tried even in a short run. */
  always?: true
}

const DEMO = [
  'dataset:seed',
  '--days',
  '4',
  '--minimum',
  '4',
  '--until',
  '2024-12-03',
  '--channels',
  '@first_news,@second_news,@third_news',
]
const RUN = ['benchmark:run', '--scenario', 'channel_digest_ru', '--judge', 'lexical', '--allow-undecided']
const QUERIES = ['--queries', 'queries.tsv', '--qrels', 'qrels.tsv', '--corpus', 'corpus.jsonl']
const CONFIGURATION = 'config/retrieval_rerank_config.yaml'
const root = join(import.meta.dirname, '../..')

/** Every way in which ep23 writes. */
export const WRITE_PATHS: readonly WritePath[] = [
  {name: 'seed', command: DEMO},
  {name: 'seed over other documents', before: [DEMO], command: [...DEMO, '--seed', '7', '--replace'], always: true},
  {name: 'import', files: writeDigests, command: ['dataset:import', 'digests', 'digests.jsonl']},
  {name: 'purge', before: [DEMO], command: ['dataset:purge', '--channel', '@first_news', '--yes']},
  {
    name: 'restore',
    before: [DEMO, ['dataset:purge', '--channel', '@first_news', '--yes']],
    command: ['dataset:restore', '--document', '@first_news:2024-12-01'],
  },
  {
    name: 'export',
    always: true,
    before: [DEMO],
    command: ['exporters:run', 'digests', '--window', 'all', '-o', 'out', '--compress', 'gzip'],
    proof: place => succeeds(place, 'exporters:check', 'out'),
  },
  {
    name: 'benchmark run',
    always: true,
    before: [DEMO],
    command: RUN,
    proof: place => succeeds(place, 'benchmark:show', 'latest'),
  },
  {
    name: 'archive',
    before: [DEMO, RUN],
    command: ['benchmark:archive', 'latest', '--output', 'run.tar.gz'],
    proof: place => succeeds(place, 'benchmark:verify', 'run.tar.gz'),
  },
  {
    name: 'bless',
    before: [DEMO, RUN],
    command: ['benchmark:bless', 'latest', '--as', 'main', '--replace'],
    proof: place => succeeds(place, 'benchmark:compare', 'main', 'latest'),
  },
  {
    name: 'calibration',
    files: writeLabels,
    command: ['benchmark:calibrate', '--labels', 'labels.jsonl', '--save'],
    ofStore: false,
  },
  {
    name: 'owner',
    files: copyConfiguration,
    command: ['rag:owner:init'],
    onceOnly: EXIT.notPermitted,
    proof: place => succeeds(place, 'rag:config:verify'),
    ofStore: false,
  },
  {
    name: 'signed configuration',
    always: true,
    files: copyConfiguration,
    before: [['rag:owner:init']],
    command: ['rag:config:set', 'retrieval.top_k', '20', '--why', 'recall at 10 was too low'],
    proof: place => succeeds(place, 'rag:config:verify'),
    ofStore: false,
  },
  {
    name: 'tuning',
    files: writeCollection,
    command: ['rag:tune', '--space', 'space.yaml', '--output', 'tuned', ...QUERIES],
    proof: place => succeeds(place, 'rag:report', 'tuned'),
    ofStore: false,
  },
]

function writeDigests(folder: string): void {
  const lines = Array.from({length: 40}, (_, index) => digestOf(index))
  writeFileSync(join(folder, 'digests.jsonl'), lines.join('\n'))
}

function digestOf(index: number): string {
  const day = new Date(Date.UTC(2024, 9, 1 + index)).toISOString()
  return JSON.stringify({
    digest_id: `@team_news:${day.slice(0, 10)}`,
    channel: '@team_news',
    language: 'ru',
    summary_markdown: `- В городе открыли ${index} новых станций метро и библиотеку.`,
    posts: [
      {post_id: `${index}`, published_at: day, text: `В городе открыли ${index} новых станций метро и библиотеку.`},
    ],
    feature_flags: {},
    created_at: day,
    metadata: {llm_model: 'team-1', time_range_hours: 24},
  })
}

async function succeeds(place: Place, ...command: string[]): Promise<void> {
  const {code, stderr, stdout} = await run(place, command)
  if (![EXIT.ok, EXIT.undecided, EXIT.unmeasured].some(exit => exit === code))
    throw new Error(`${command.join(' ')} ended with ${code}: ${stderr}${stdout}`)
}

/** Summaries of two sources with scores by people, in ep23's own form. */
function writeLabels(folder: string): void {
  const facts = [
    'открыли станцию метро',
    'закрыли старый мост',
    'построили школу',
    'начали ремонт дороги',
    'купили автобусы',
  ]
  const lines = Array.from({length: 30}, (_, index) => {
    const told = facts.slice(0, (index % 5) + 1)
    return JSON.stringify({
      key: `label-${index}`,
      source: facts.map((fact, at) => `В районе номер ${index} и ${at} ${fact}.`).join(' '),
      summary: told.map((fact, at) => `В районе номер ${index} и ${at} ${fact}.`).join(' '),
      human_score: told.length + (index % 3) / 4,
    })
  })
  writeFileSync(join(folder, 'labels.jsonl'), lines.join('\n'))
}

/** Where the retrieval commands look for it. */
function copyConfiguration(folder: string): void {
  mkdirSync(join(folder, 'config'))
  copyFileSync(join(root, CONFIGURATION), join(folder, CONFIGURATION))
}

/** Twelve texts, each the answer to one query. */
function writeCollection(folder: string): void {
  copyConfiguration(folder)
  const texts = [
    'метро',
    'мост',
    'школа',
    'дорога',
    'автобус',
    'парк',
    'музей',
    'театр',
    'рынок',
    'завод',
    'река',
    'лес',
  ]
  const rows = texts.map((word, index) => ({word, id: String(index)}))
  const lines = rows.map(({word, id}) =>
    JSON.stringify({_id: id, title: word, text: `В городе есть ${word} и ещё ${id}.`}),
  )
  writeFileSync(join(folder, 'corpus.jsonl'), lines.join('\n'))
  writeFileSync(join(folder, 'queries.tsv'), rows.map(({word, id}) => `q${id}\tгде ${word}\n`).join(''))
  writeFileSync(join(folder, 'qrels.tsv'), rows.map(({id}) => `q${id} 0 ${id} 1\n`).join(''))
  writeFileSync(join(folder, 'space.yaml'), 'retrieval.bm25.k1: [0.9, 1.2]\n')
}
