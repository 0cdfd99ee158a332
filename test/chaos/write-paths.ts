import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {openStore} from '#src/store/open-store.js'

import {channelFile} from '../helpers/real-channels.ts'
import {withStore} from '../helpers/with-store.ts'
import {run, type Place} from './place.ts'
import type {Keys} from './run-typed.ts'
import {keepUnsentRuns, provesTelemetry} from './unsent-runs.ts'

/** A command that writes, and what it needs beforehand. */
export interface WritePath {
  name: string
  command: readonly string[]
  /** Commands that make what it works on. */
  before?: readonly (readonly string[])[]
  /** Files that it works on. */
  files?: (place: Place) => void | Promise<void>
  /** What is typed, where it waits for keys. */
  keys?: Keys
  /** What the run must have made, beside documents; throws when it is not there or not right. */
  proof?: (place: Place) => Promise<void>
  /** How it ends when it was done before. */
  onceOnly?: number
  /** What the error of the command run again (65) names, where only a person may say what holds: then this ends well. */
  repair?: readonly string[]
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

/** The history has the new version, the file does not: an interruption, or somebody who put the old file back. */
const REPAIR = ['rag:rollback', '2', '--why', 'the write was interrupted']
const XQUAD = join(root, '../shared/data/retrieval/xquad_ru/xquad.ru.subset.json')
export const LABEL_PLAN = [
  ...['one', 'two'].map(name => [...RUN, '-d', `${name}.jsonl`, '-o', `run-${name}`]),
  [
    ...['benchmark:label', 'plan', '--run', 'run-one', '--run', 'run-two', '--mode', 'pair'],
    ...['--raters', 'anna', '--size', '25', '--name', 'pairs'],
  ],
]
const LABEL_KEYS: Keys = {asks: /\d+ of \d+[^]*u undo/u, answer: '1', done: /All done/u, quit: 'q'}

/** Every way in which ep23 writes. */
export const WRITE_PATHS: readonly WritePath[] = [
  {name: 'seed', command: DEMO},
  {name: 'seed over other documents', before: [DEMO], command: [...DEMO, '--seed', '7', '--replace'], always: true},
  {
    name: 'upgrade of a store of 0.1.0',
    always: true,
    files: writeOldStore,
    command: ['store:upgrade'],
    proof: place => succeeds(place, 'exporters:run', 'digests', '--window', 'all', '-o', 'upgraded'),
  },
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
    repair: REPAIR,
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
  {
    name: 'promotion',
    files: copyBadKnobs,
    before: [['rag:owner:init'], ['rag:tune', '--space', 'space.yaml', '--squad', XQUAD, '--output', 'tuned']],
    command: ['rag:promote', 'tuned', '--why', 'better on real questions'],
    onceOnly: EXIT.gateFailed,
    repair: REPAIR,
    proof: provesPromotion,
    ofStore: false,
  },
  {
    name: 'retrieval labels',
    files: writeCollection,
    command: [
      'rag:label',
      '--queries',
      'queries.tsv',
      '--qrels',
      'labels.trec',
      '--corpus',
      'corpus.jsonl',
      '--pool',
      '5',
    ],
    keys: {asks: /\d+ of \d+ judged/u, answer: '2', done: /all judged/u, quit: 'q'},
    proof: provesRetrievalLabels,
    ofStore: false,
  },
  {
    name: 'labels in a file',
    files: writeTwoWriters,
    before: LABEL_PLAN,
    command: ['benchmark:label', 'pairs', '--rater', 'anna'],
    keys: LABEL_KEYS,
    proof: provesLabels,
    ofStore: false,
  },
  {
    name: 'labels in the store',
    files: writeTwoWriters,
    before: LABEL_PLAN,
    command: ['benchmark:label', 'pairs', '--rater', 'anna', '--labels-in', 'store'],
    keys: LABEL_KEYS,
  },
  {
    name: 'daily',
    command: [
      'daily',
      '--day',
      '2024-11-05',
      '--since',
      '2024-11-04',
      ...['habr', 'proglib'].flatMap(channel => ['--from', `@${channel}=${channelFile(channel)}`]),
    ],
    proof: provesBoard,
  },
  {
    name: 'telemetry',
    files: keepUnsentRuns,
    before: [DEMO],
    command: ['config:explain'],
    proof: provesTelemetry,
  },
]

/** As the first 0.1.0 left it; a database on a server gets the same documents, and no index. */
async function writeOldStore({folder, store}: Place): Promise<void> {
  const file = join(folder, store.startsWith('mongodb:') ? 'old.sqlite' : store)
  const database = new DatabaseSync(file)
  database.exec(readFileSync(join(root, 'test/fixtures/store-0.1.0.sql'), 'utf8'))
  database.close()
  if (file === join(folder, store)) return
  const client = new MongoClient(store)
  await withStore(openStore(file), async old => {
    for (const name of ['digests', 'review_reports', 'ep23_runs', 'ep23_spans', 'ep23_metrics'])
      await client
        .db()
        .collection(name)
        .insertMany(await Array.fromAsync(old.collection(name).find()))
  })
  await client.close()
}

function writeDigests({folder}: Place): void {
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
function writeLabels({folder}: Place): void {
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
function copyConfiguration({folder}: Place): void {
  mkdirSync(join(folder, 'config'))
  copyFileSync(join(root, CONFIGURATION), join(folder, CONFIGURATION))
}

/** Twelve texts, each the answer to one query. */
function writeCollection(place: Place): void {
  const {folder} = place
  copyConfiguration(place)
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

/** Knobs that a short tuning on real questions can better. */
function copyBadKnobs({folder}: Place): void {
  mkdirSync(join(folder, 'config'))
  const shipped = readFileSync(join(root, CONFIGURATION), 'utf8')
  const line = '  vector_search_headroom_multiplier: 2\n'
  writeFileSync(join(folder, CONFIGURATION), shipped.replace(line, `${line}  bm25:\n    k1: 10\n    b: 0\n`))
  writeFileSync(join(folder, 'space.yaml'), 'retrieval.bm25.k1: [0.9, 10]\nretrieval.bm25.b: [0, 0.75]\n')
}

/** Signed, in force and in the history once. */
async function provesPromotion(place: Place): Promise<void> {
  await succeeds(place, 'rag:config:verify')
  const {stdout} = await run(place, ['rag:config:history', '--json'])
  const actions = (JSON.parse(stdout) as {data: {entries: {action: string}[]}}).data.entries.map(({action}) => action)
  expect(actions.join(' ')).to.be.oneOf(['init promote', 'init promote rollback'])
  expect(readFileSync(join(place.folder, CONFIGURATION), 'utf8')).to.match(/k1: 0\.9\n/u)
}

/** Each pair judged once, each with what was typed. */
async function provesRetrievalLabels({folder}: Place): Promise<void> {
  const lines = readFileSync(join(folder, 'labels.trec'), 'utf8').trimEnd().split('\n')
  expect(lines.filter(line => !/^q\d+ 0 \d+ 2$/u.test(line))).to.deep.equal([])
  expect(new Set(lines).size).to.equal(lines.length)
  expect(lines.length).to.equal(12)
}

/** Each place in the order answered once. */
async function provesLabels({folder}: Place): Promise<void> {
  const lines = readFileSync(join(folder, 'labels/pairs/anna.jsonl'), 'utf8').trimEnd().split('\n')
  const answers = lines.map(line => JSON.parse(line) as {item: string; pass?: number; kind: string})
  expect(answers.map(({kind}) => kind)).to.deep.equal(answers.map(() => 'pair'))
  expect(new Set(answers.map(({item, pass}) => `${item} ${pass}`)).size).to.equal(answers.length)
  expect(answers.length).to.be.at.least(25)
}

/** Each day stands on the board once, in order. */
async function provesBoard({folder}: Place): Promise<void> {
  const lines = readFileSync(join(folder, 'datasets/daily/daily.jsonl'), 'utf8').trimEnd().split('\n')
  const days = lines.map(line => (JSON.parse(line) as {day: string}).day)
  expect(days).to.deep.equal(['2024-11-04', '2024-11-05'])
}

/** Digests of the same days by two writers, in ep23's own lines. */
export function writeTwoWriters({folder}: Place): void {
  for (const [writer, told] of [
    ['one', 'открыли новую станцию метро'],
    ['two', 'открыли библиотеку у реки'],
  ] as const)
    writeFileSync(
      join(folder, `${writer}.jsonl`),
      Array.from({length: 25}, (_, day) => recordOf(writer, told, day)).join(''),
    )
}

function recordOf(writer: string, told: string, day: number): string {
  const date = `2024-11-${String(day + 1).padStart(2, '0')}`
  const record = {
    channel: '@team_news',
    ground_truth: {},
    language: 'ru',
    metadata: {feature_flags: {}, llm_model: writer, origin: 'telegram', posts_count: 2, time_range_hours: 24},
    sample_id: `@team_news:${date}`,
    source_text: `В городе открыли новую станцию метро номер ${day}.\n\nВ городе открыли библиотеку у реки в день ${day}.`,
    summary_markdown: `# Дайджест\n\n- В городе ${told} ${day}.`,
    timestamp: `${date}T20:59:59.999Z`,
  }
  return `${JSON.stringify(record)}\n`
}
