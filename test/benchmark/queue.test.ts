import {once} from 'node:events'
import {globSync, readFileSync} from 'node:fs'
import {type AddressInfo, createServer} from 'node:net'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {answer, type Behaviour, goodJudgement, refuse} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {freePort} from '../helpers/free-port.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {dataOf, QueueCrew} from '../helpers/queue-crew.ts'
import {type Ended, runEp23} from '../helpers/run-ep23.ts'

const PASSWORD = 'Wanderfalke-19'
const SAMPLES = 60
const ANSWER_MS = 100

describe('a run that workers compute', function () {
  this.timeout(120_000)
  let crew: QueueCrew
  let isRefusing = false

  before(async function () {
    const behave: Behaviour = ({body}, response) => {
      if (isRefusing) return refuse(response, 401, 'no such key')
      const mark = 9 + ((body.messages.at(-1)?.content.length ?? 0) % 2)
      setTimeout(() => answer(response, goodJudgement(body, mark)), ANSWER_MS)
    }
    crew = await QueueCrew.open(this, behave, {samples: SAMPLES, password: PASSWORD})
  })
  after(() => crew?.close())
  afterEach(async () => {
    isRefusing = false
    await crew.endWorkers('SIGKILL')
  })

  /** What must be equal whoever computed it: all but how long an answer took, and whether it was paid for twice. */
  const numbersOf = (output: string) =>
    crew
      .linesOf(output)
      .map(({trail, ...line}) => ({...line, usage: null, key: trail?.key, reply: trail?.reply_sha256}))

  it('gives the numbers of a local run, whatever workers are killed and Redis with them, and asks no sample twice for nothing', async () => {
    const local = await crew.run('a')
    expect(local.code, local.stderr).to.equal(0)
    const asked = crew.server.requests.length
    expect(asked).to.equal(SAMPLES)
    // Another store: the answers of the local run are not to be found there.
    const store = ['--store', 'queued.sqlite']
    const four = ['--concurrency', '4', ...store]
    const [first, , third] = await Promise.all([
      crew.startWorker(...four),
      crew.startWorker(...four),
      crew.startWorker(...four),
    ])
    const queued = crew.queuedRun('b', ...store)
    while (crew.server.requests.length < asked + 15) await delay(10)
    process.kill(first.pid, 'SIGKILL')
    while (crew.server.requests.length < asked + 30) await delay(10)
    await crew.redis.kill()
    await crew.redis.start()
    const ended = await queued
    expect(ended.code, ended.stderr).to.equal(0)
    expect(problemsOfOutput(ended.stdout)).to.deep.equal([])

    expect(numbersOf('b')).to.deep.equal(numbersOf('a'))
    const assessmentOf = (of: Ended) => ({...(dataOf(of)['assessment'] as Record<string, unknown>), usage: null})
    expect(assessmentOf(ended)).to.deep.equal(assessmentOf(local))
    // Only what the killed worker was at was asked again.
    expect(crew.server.requests.length - asked).to.be.within(SAMPLES, SAMPLES + 4)

    process.kill(third.pid, 'SIGTERM')
    const stopped = await third.ended
    expect(stopped.code, stopped.stderr).to.equal(0)
    expect(problemsOfOutput(stopped.stdout)).to.deep.equal([])
    expect(dataOf(stopped)).to.include({queue: `redis://127.0.0.1:${crew.redis.port}/0`, handed_back: 0})
    const {trace_id} = JSON.parse(ended.stdout) as {trace_id: string}
    const traces = new Set(
      crew.server.requests.slice(asked).map(({headers}) => String(headers['traceparent']).split('-')[1]),
    )
    expect([...traces]).to.deep.equal([trace_id])

    const kept = globSync('**/*', {cwd: crew.folder, withFileTypes: true})
      .filter(file => file.isFile() && !file.parentPath.endsWith('redis'))
      .map(file => readFileSync(join(file.parentPath, file.name), 'latin1'))
    const written = [...kept, ended.stdout, ended.stderr, stopped.stdout, stopped.stderr]
    expect(written.filter(text => text.includes(PASSWORD)).length).to.equal(0)
  })

  it('stops at a limit: what nobody has begun is taken back, and --resume goes on in this process', async () => {
    const worker = await crew.startWorker('--concurrency', '2')
    const price = ['--prompt-price', '1000', '--completion-price', '1000', ...crew.newSeed()]
    const asked = crew.server.requests.length
    // A call costs 1.1; what is under way is paid for, too.
    const stopped = await crew.queuedRun('stopped', '--max-cost', '11', ...price)
    expect((dataOf(stopped) as {stopped_early?: boolean}).stopped_early, stopped.stdout).to.equal(true)
    expect(crew.server.requests.length - asked).to.be.within(10, 16)
    const status = await crew.ep23(['benchmark:queue:status', '--json'])
    expect(problemsOfOutput(status.stdout)).to.deep.equal([])
    expect(dataOf(status)).to.include({workers: 1, waiting: 0, active: 0, completed: 0, concurrency: 16})

    const resumed = await crew.run('stopped', '--resume', ...price)
    expect(dataOf(resumed)).to.include({stopped_early: false, attempts: 2})
    expect(crew.server.requests.length - asked).to.equal(SAMPLES)
    process.kill(worker.pid, 'SIGTERM')
    expect(await worker.ended).to.include({code: 0})
  })

  it('goes on with another worker when one hands its samples back, or would give other numbers', async () => {
    const queued = crew.queuedRun('handed', '--limit', '12', ...crew.newSeed())
    const other = await crew.startWorker('--concurrency', '4', '--grace', '0')
    const asked = crew.server.requests.length
    while (crew.server.requests.length === asked) await delay(5)
    process.kill(other.pid, 'SIGTERM')
    const stopped = await other.ended
    expect(dataOf(stopped)['handed_back'], stopped.stdout).to.be.within(1, 4)

    const stranger = await runEp23(['benchmark:work'], {
      cwd: crew.folder,
      env: {LLM_URL: 'http://127.0.0.1:9/v1', EP23_QUEUE: crew.redis.url, EP23_LANG: 'en'},
    })
    expect(stranger.code, stranger.stderr).to.equal(65)
    expect(stranger.stderr.replaceAll(/\s+/gu, ' ')).to.include(`judge endpoint: the run has "${crew.server.url}"`)

    await crew.startWorker()
    const ended = await queued
    expect(ended.code, ended.stderr).to.equal(0)
    expect(crew.linesOf('handed').filter(({scores}) => 'value' in (scores['coverage'] ?? {}))).to.have.length(12)
  })

  it('ends with the error that ends a local run, and says which worker met it', async () => {
    const worker = await crew.startWorker()
    isRefusing = true
    const refused = await crew.queuedRun('refused', ...crew.newSeed())
    const local = await crew.run('refused-here', ...crew.newSeed())
    const errorOf = ({stdout}: Ended) => (JSON.parse(stdout) as {error: {code: string; message: string}}).error
    expect(refused.code).to.equal(local.code)
    expect(errorOf(refused).code).to.equal(errorOf(local).code)
    expect(errorOf(refused).message).to.match(new RegExp(`^worker .+:${worker.pid}: `, 'u'))
    const drained = await crew.ep23(['benchmark:queue:drain', '--json'])
    expect(problemsOfOutput(drained.stdout)).to.deep.equal([])
    expect(dataOf(drained)['state']).to.include({waiting: 0, completed: 0, failed: 0})
  })

  it('says what to do about a Redis that is not there, never answers, does not let it in, or is none', async () => {
    const port = await freePort()
    const statusOf = (url: string, ...flags: string[]) =>
      crew.ep23(['benchmark:queue:status', '--queue', url, ...flags])
    const mute = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const silent = statusOf(`redis://127.0.0.1:${(mute.address() as AddressInfo).port}`, '--json')
    const [absent, traced, denied, none] = await Promise.all([
      statusOf(`redis://:${PASSWORD}@127.0.0.1:${port}`),
      statusOf(`redis://:${PASSWORD}@127.0.0.1:${port}`, '--debug'),
      statusOf(`redis://:wrong-word@127.0.0.1:${crew.redis.port}`),
      statusOf(`http://u:${PASSWORD}@h`),
    ])
    expect([absent.code, traced.code, denied.code, none.code]).to.deep.equal([69, 69, 77, 64])
    const words = absent.stderr.replaceAll(/\s+/gu, ' ')
    expect(words).to.include(`the queue redis://127.0.0.1:${port}/0 does not answer: connect ECONNREFUSED`)
    expect(words).to.include('redis-server --appendonly yes')
    for (const {stderr} of [absent, traced, denied, none]) expect(stderr).to.not.match(/Wanderfalke|wrong-word/u)
    const {code, stdout} = await silent
    expect([code, JSON.parse(stdout).error.code], stdout).to.deep.equal([69, 'QUEUE_UNAVAILABLE'])
    mute.close()
  })
})
