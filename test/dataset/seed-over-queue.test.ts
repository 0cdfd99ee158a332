import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import type {SpanRecord} from '@ep23/sdk'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {answer, type Behaviour, refuse} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {QueueCrew} from '../helpers/queue-crew.ts'
import type {Ended} from '../helpers/run-ep23.ts'
import {storedDataset} from '../helpers/stored-dataset.ts'
import {withStore} from '../helpers/with-store.ts'

const DAYS = 12
const ANSWER_MS = 100
/** Of this day the model has nothing to say that is a digest. */
const SILENT_DAY = '7 ноября'
const SEED = [
  ...['dataset:seed', '--from', '@comets=posts.jsonl', '--channels', '@comets', '--days', String(DAYS)],
  ...['--minimum', '1', '--until', '2024-11-12', '--summarizer', 'openai:m', '--json'],
]

describe('a seeding whose digests workers write', function () {
  this.timeout(120_000)
  let crew: QueueCrew
  let behave: Behaviour

  before(async function () {
    crew = await QueueCrew.open(this, (asked, response) => behave(asked, response), {samples: 0})
    writeFileSync(join(crew.folder, 'posts.jsonl'), Array.from({length: DAYS}, (_, day) => postsOf(day + 1)).join(''))
  })
  beforeEach(() => {
    behave = ({body}, response) => {
      const asked = body.messages.at(-1)?.content ?? ''
      const day = body.messages[1]?.content ?? ''
      const [link = 'none'] = /https:\/\/t\.me\/comets\/\d+/u.exec(day) ?? []
      const text = `- Учёные рассказали о комете ${link.length + asked.length}. [пост](${link})`
      setTimeout(() => answer(response, day.includes(SILENT_DAY) ? 'Не знаю.' : text), ANSWER_MS)
    }
  })
  afterEach(() => crew.endWorkers('SIGKILL'))
  after(() => crew?.close())

  const seed = (store: string, ...flags: string[]): Promise<Ended> =>
    crew.ep23([...SEED, '--store', store, '--dataset-dir', `${store}.evidence`, ...flags])
  const queued = (store: string, ...flags: string[]): Promise<Ended> => seed(store, '--queue', crew.redis.url, ...flags)

  it('stores the documents of a local run, whatever worker dies, and asks for each day once', async () => {
    const local = await seed('local.sqlite')
    expect(local.code, local.stdout).to.equal(5)
    const asked = crew.server.requests.length
    const [first, second] = await crew.startWorkers(2, '--concurrency', '3')
    const running = queued('queued.sqlite')
    while (crew.server.requests.length < asked + 3) await delay(5)
    process.kill(first?.pid ?? 0, 'SIGKILL')
    const ended = await running
    expect(ended.code, ended.stdout).to.equal(5)

    const stored = (name: string) => storedDataset(join(crew.folder, name))
    expect(await stored('queued.sqlite')).to.deep.equal(await stored('local.sqlite'))
    // What the killed worker was at is asked again.
    expect(crew.server.requests.length - asked).to.be.within(asked, asked + 3)

    process.kill(second?.pid ?? 0, 'SIGTERM')
    expect(await second?.ended).to.include({code: 0})
    const {trace_id} = JSON.parse(ended.stdout) as {trace_id: string}
    const spans = await withStore(openStore(join(crew.folder, '.ep23/store.sqlite')), store =>
      Array.fromAsync(store.collection<SpanRecord>('ep23_spans').find({trace_id})),
    )
    expect(new Set(spans.map(({name}) => name))).to.include('queue digest')
    const again = await queued('queued.sqlite', '--plan')
    expect(JSON.parse(again.stdout).data.totals.digests).to.include({inserted: 1, updated: 0})
  })

  it('takes, when it was killed and is run again, what its workers have written meanwhile', async () => {
    const worker = await crew.startWorker('--concurrency', '3')
    const asked = crew.server.requests.length
    let pid = 0
    const command = [
      ...SEED,
      '--store',
      'killed.sqlite',
      '--dataset-dir',
      'killed.sqlite.evidence',
      '--queue',
      crew.redis.url,
    ]
    const killed = crew.ep23(command, {onStart: started => (pid = started)})
    while (crew.server.requests.length < asked + 4) await delay(5)
    process.kill(pid, 'SIGKILL')
    await killed
    // Each day once, and the silent one a second time, with what was wrong.
    while (crew.server.requests.length < asked + DAYS + 1) await delay(20)
    const ended = await queued('killed.sqlite')
    expect(ended.code, ended.stdout).to.equal(5)
    expect(crew.server.requests.length - asked).to.equal(DAYS + 1 + 2)
    expect(await storedDataset(join(crew.folder, 'killed.sqlite'))).to.deep.equal(
      await storedDataset(join(crew.folder, 'local.sqlite')),
    )
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.ended).to.include({code: 0})
  })

  it('ends with the error that ends a local run, and refuses a queue where no model is asked', async () => {
    const worker = await crew.startWorker()
    behave = (_, response) => refuse(response, 401, 'no such key')
    const [refused, local, extractive] = await Promise.all([
      queued('refused.sqlite'),
      seed('refused-here.sqlite'),
      queued('extractive.sqlite', '--summarizer', 'extractive'),
    ])
    const errorOf = ({stdout}: Ended) => (JSON.parse(stdout) as {error: {code: string; message: string}}).error
    expect([refused.code, errorOf(refused).code]).to.deep.equal([local.code, errorOf(local).code])
    expect(errorOf(refused).message).to.match(new RegExp(`^worker .+:${worker.pid}: `, 'u'))
    expect(extractive.code).to.equal(64)
  })
})

/** Three sentences, enough for a digest. */
function postsOf(day: number): string {
  const message = `Учёные открыли комету номер ${day} за орбитой Юпитера. Она пролетит мимо Земли. Её увидят без телескопа.`
  const date = `2024-11-${String(day).padStart(2, '0')}T09:00:00+00:00`
  return `${JSON.stringify({id: day, date, message})}\n`
}
