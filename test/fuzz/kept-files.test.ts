import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {cpSync, globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

import {EXIT} from '@ep23/sdk'
import {atOnce} from '@ep23/statistics'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {reportOnLabels, statusOfLabels} from '../../plugins/benchmark/dist/actions/label-reports.js'
import {openComparable} from '../../plugins/benchmark/dist/actions/compare.js'
import {listBaselines} from '../../plugins/benchmark/dist/adapters/baselines.js'
import {createRunSummaries} from '../../plugins/benchmark/dist/adapters/run-summaries.js'
import {matrixOf} from '../../plugins/benchmark/dist/usecases/view/matrix.js'
import {summarizeRun} from '../../plugins/benchmark/dist/usecases/view/run-head.js'
import {trendSteps} from '../../plugins/benchmark/dist/usecases/view/trend.js'
import {power} from '../../plugins/daily/dist/actions/power.js'
import {showBoard} from '../../plugins/daily/dist/actions/show-board.js'
import {dailyFolder} from '../../plugins/daily/dist/adapters/daily-folder.js'
import {receiptsFile} from '../../plugins/daily/dist/adapters/receipts.js'
import {LABEL_PLAN, writeTwoWriters} from '../chaos/write-paths.ts'
import {channelFile} from '../helpers/real-channels.ts'
import {inherited, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {damaged, fuzz} from './fuzz-target.ts'

const bin = join(import.meta.dirname, '../../bin/run.js')
const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)
const datasetDir = at('datasets')

/** Two runs, a plan of labels over them, a baseline, and two days of a board. */
writeTwoWriters({folder: folder.path, store: ''})
const FROM = ['habr', 'proglib', 'moscowach'].flatMap(channel => ['--from', `@${channel}=${channelFile(channel)}`])
const MADE = [
  ...LABEL_PLAN,
  ['benchmark:run', '--scenario', 'channel_digest_ru', '--judge', 'lexical', '-d', 'one.jsonl', '--allow-undecided'],
  ['benchmark:bless', 'latest', '--as', 'main'],
  ['daily', '--since', '2024-11-04', '--day', '2024-11-05', ...FROM],
]
for (const args of MADE) {
  const {code, stderr} = await runEp23(args, {cwd: folder.path, env: {EP23_QUIET: '1'}})
  if (code !== EXIT.ok && code !== EXIT.unmeasured) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)
}

const DAY = '2026-01-02T03:04:05.678Z'
const place = {pass: 1, order: 0, ms: 900, at: DAY, rubric: 'x'}
const plan = JSON.parse(readFileSync(at('labels/pairs/plan.json'), 'utf8')) as {items: {item: string}[]}
const events = plan.items
  .slice(0, 12)
  .map(({item}) => `${JSON.stringify({...place, item, kind: 'pair', value: 'first'})}\n`)
writeFileSync(at('labels/pairs/anna.jsonl'), events.join(''))
writeFileSync(at('labels/pairs/reveals.jsonl'), `{"at":"${DAY}","kind":"reveal"}\n`)

/** A damaged file in its place for one reading, then the whole one again. */
function fuzzFile(path: string, read: () => Promise<unknown>): void {
  const whole = readFileSync(at(path))
  const name = path.replace(/\d{8}T\d{6}Z-[\da-f]+/u, 'RUN')
  fuzz(`${name}, damaged`, fc.oneof(damaged(whole), otherValues(whole.toString())), async bytes => {
    writeFileSync(at(path), bytes)
    await read().finally(() => writeFileSync(at(path), whole))
  })
}

/** Whole JSON in which one value is of another kind. */
function otherValues(text: string): fc.Arbitrary<Buffer> {
  const lines = text.split('\n')
  const values = ['null', '1', '-1e308', '"x"', '[]', '{}', '[null]', '{"constructor": null}', 'true']
  return fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...values)).map(([line, value, other]) => {
    const chosen = line % Math.max(1, lines.length - 1)
    const places = [
      ...(lines[chosen] ?? '').matchAll(/(?<=:|\[|,)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null)(?=[,\]}])/gu),
    ]
    const found = places[value % Math.max(1, places.length)]
    const row = lines[chosen] ?? ''
    const changed = found ? row.slice(0, found.index) + other + row.slice(found.index + found[0].length) : other
    return Buffer.from(lines.with(chosen, changed).join('\n'))
  })
}

const cache = at('view-runs.jsonl')
const summaries = () => createRunSummaries({datasetDir, cacheFile: cache, summarize: summarizeRun})()
await summaries()

describe('files that ep23 keeps, damaged', function () {
  this.timeout(120_000)
  after(() => folder.remove())

  fuzzFile('datasets/baselines/main.jsonl', async () => {
    const {heads, damaged: unusable} = await listBaselines(datasetDir)
    expect(heads.length + unusable.length).to.equal(1)
    await openComparable(datasetDir, 'main')
  })

  it('refuses half of a character in the items of a plan', async () => {
    const path = at('labels/pairs/items.jsonl')
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, whole.replace('"posts":["', String.raw`"posts":["\ud800`))
    const refusal = await statusOfLabels({} as never, 'pairs', labels as never).catch((error: unknown) => error)
    writeFileSync(path, whole)
    expect(refusal).to.include({exit: EXIT.badData})
  })

  const labels = {'labels-dir': at('labels'), 'labels-in': 'files'} as const
  for (const name of globSync('*', {cwd: at('labels/pairs')}))
    fuzzFile(join('labels/pairs', name), async () => {
      await statusOfLabels({} as never, 'pairs', labels as never)
      await reportOnLabels({} as never, 'pairs', {...labels, seed: 1, resamples: 20} as never)
    })

  fuzzFile('view-runs.jsonl', async () => {
    const {runs} = await summaries()
    expect(runs).to.have.length(1)
    atOnce(trendSteps(runs))
    matrixOf(runs)
  })

  const run = globSync('datasets/benchmarks/*/samples.jsonl', {cwd: folder.path})[0] ?? ''
  cpSync(at(run), at('samples.jsonl'))
  for (const path of [run, run.replace('samples', 'dataset')])
    fuzzFile(path, async () => {
      writeFileSync(cache, '')
      const {runs, others} = await summaries()
      expect(runs.length + others.length).to.equal(1)
      atOnce(trendSteps(runs))
      await openComparable(datasetDir, 'latest')
    })

  const runtime = {settings: {datasetDir}} as never
  writeFileSync(at('datasets/daily/baseline.json'), JSON.stringify(baseline()))
  mkdirSync(at('datasets/daily'), {recursive: true})
  fuzzFile('datasets/daily/daily.jsonl', () => showBoard(runtime, {days: 7}))
  fuzzFile('datasets/daily/baseline.json', async () => {
    await showBoard(runtime, {days: 7})
    await power(runtime, {runs: 1})
  })
  const day = globSync('datasets/daily/days/*', {cwd: folder.path})[0] ?? ''
  for (const name of ['posts.jsonl', 'digests.jsonl'])
    fuzzFile(join(day, name), async () => {
      const files = dailyFolder(datasetDir).day(day.slice(-10))
      await files.readPosts()
      await files.readRecords()
    })
  const receipt = {
    key: 'k',
    kind: 'state',
    state: 'alarm',
    score: null,
    channel: 'email',
    outcome: 'sent',
    problem: null,
    at: DAY,
  }
  writeFileSync(at('notifications.jsonl'), `\n${JSON.stringify(receipt)}\n`)
  fuzzFile('notifications.jsonl', () => receiptsFile(at('notifications.jsonl')).read())
})

function baseline(): object {
  const score = {
    adjustment: {slope: 0, groups: {'@habr': {value: 0.6, covariate: 7}}},
    weights: {'@habr': 4},
    days: Array.from({length: 28}, (_, index) => (index % 5 === 0 ? null : 0.5 + (index % 3) / 50)),
    standard_deviation: 0.02,
  }
  return {
    ...{format: 1, from: '2024-10-01', to: '2024-10-28', judge: {name: 'lexical', signature: 's', model: null}},
    ...{adjusted: true, days_between_alarms: 365, correlation: 0.1},
    scores: {coverage: score},
    anchors: [{sample_id: '@habr:2024-10-02', scores: {coverage: 0.5}}],
  }
}

const MESSAGES = [
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}\n',
  '{"jsonrpc":"2.0","method":"notifications/initialized"}\n{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n',
  '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"dataset_status","arguments":{}}}\n',
  '{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":"ep23://evidence/x"}}\n',
]

describe('the MCP server on standard input', function () {
  this.timeout(120_000)
  const place = temporaryFolder()
  const server = spawn(process.execPath, [bin, 'observability:mcp'], {
    cwd: place.path,
    env: {...inherited(false), EP23_DATA_DIR: join(place.path, '.data')},
  })
  let [answers, errors] = ['', '']
  server.stdout.setEncoding('utf8').on('data', text => (answers = (answers + text).slice(-100_000)))
  server.stderr.setEncoding('utf8').on('data', text => (errors = (errors + text).slice(-10_000)))
  after(async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
    place.remove()
  })

  fuzz('damaged messages', damaged(...MESSAGES), async bytes => {
    expect(server.exitCode, errors).to.equal(null)
    if (!server.stdin.write(bytes)) await once(server.stdin, 'drain')
    await pause(1)
  })

  it('still answers', async () => {
    server.stdin.write('\n{"jsonrpc":"2.0","id":"the end","method":"ping"}\n')
    for (let waited = 0; !answers.includes('"the end"'); waited += 50) {
      expect(waited, errors).to.be.below(30_000)
      await pause(50)
    }
    expect(errors).to.not.match(/\n\s+at .+:\d+:\d+|bug of ep23/u)
  })
})
