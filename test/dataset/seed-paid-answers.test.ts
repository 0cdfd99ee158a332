import {join} from 'node:path'

import {expect} from 'chai'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {uniformInt} from 'pure-rand/distribution/uniformInt'

import {openStore} from '#src/store/open-store.js'

import {answer, LlmServer, reply, type Asked} from '../../plugins/dataset/test/servers/llm-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {fromFlags} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const KILLS = Number(process.env['EP23_TEST_PAID_KILLS'] ?? 4)
const DAYS = 8
/** Requests that may be under way when the process dies. */
const CONCURRENT = 2
const UNTIL = '2024-11-12'

interface StoredDigest {
  digest_id: string
  summary_markdown: string
  metadata: {written_by?: {kind: string}}
}

describe('dataset:seed with a model that is paid for each answer', function () {
  this.timeout(600_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: LlmServer
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    await server.stop()
    folder.remove()
  })

  function seed(url: string, options: SeedOptions = {}): Promise<Ended> {
    const {days = 4, store = 's.sqlite', summarizer = 'openai:paid', more = [], onStart} = options
    const args = ['dataset:seed', '--json', '-q', '--until', UNTIL, '--days', String(days), '--minimum', '1']
    const env = {LLM_URL: url}
    const flags = [...fromFlags(['habr']), '--summarizer', summarizer, '--store', store, ...more]
    return runEp23([...args, ...flags], {
      cwd: folder.path,
      env,
      ...(onStart && {onStart, coverage: false}),
    })
  }

  const location = (store: string): string => (store.includes('://') ? store : join(folder.path, store))

  async function stored(store = 's.sqlite'): Promise<StoredDigest[]> {
    return withStore(openStore(location(store)), opened =>
      Array.fromAsync(opened.collection<StoredDigest>('digests').find({}, {sort: {digest_id: 1}})),
    )
  }

  it('keeps the good days when one answer is unusable, and asks only for that day the next time', async () => {
    let mended = false
    server = new LlmServer((response, asked) =>
      answer(response, dayOf(asked) === '11 ноября' && !mended ? '' : digestFor(asked)),
    )
    const url = await server.start()
    const first = await seed(url)
    expect(first.code, first.stderr).to.equal(5)
    expect(problemsOfOutput(first.stdout)).to.deep.equal([])
    const {data, status} = JSON.parse(first.stdout)
    expect(status).to.equal('unmeasured')
    expect(data.totals).to.include({unwritten: 1})
    expect(data.channels[0].unwritten[0]).to.include({day: '2024-11-11'}).and.have.property('reason').contain('empty')
    expect(await stored()).to.have.length(3)

    const asked = server.asked.length
    mended = true
    const second = await seed(url)
    expect(second.code, second.stderr).to.equal(0)
    expect(server.asked.length - asked).to.equal(1)
    expect(await stored()).to.have.length(4)
  })

  it('keeps what was written before the server failed', async () => {
    let count = 0
    server = new LlmServer((response, asked) =>
      (count += 1) > 3 ? reply(response, 500, {error: {message: 'boom'}}) : answer(response, digestFor(asked)),
    )
    const url = await server.start()
    const {code} = await seed(url)
    expect(code).to.equal(5)
    expect(await stored()).to.have.length(3)
  })

  it('stops at once when the key is refused, and says what is kept', async () => {
    let count = 0
    server = new LlmServer((response, asked) =>
      (count += 1) > 2 ? reply(response, 401, {error: {message: 'no'}}) : answer(response, digestFor(asked)),
    )
    const url = await server.start()
    const {code, stdout} = await seed(url, {days: DAYS})
    expect(code).to.equal(77)
    expect(JSON.parse(stdout).error.message).to.include('2 digests were written and are kept')
    expect(await stored()).to.have.length(2)
    expect(server.asked.length).to.be.at.most(4)
  })

  it('lets no forgotten --summarizer and no other model replace what was paid for', async () => {
    server = new LlmServer((response, asked) => answer(response, digestFor(asked)))
    const url = await server.start()
    expect((await seed(url)).code).to.equal(0)
    const paid = await stored()
    const {length} = server.asked
    for (const summarizer of ['extractive', 'openai:other']) {
      const {stdout} = await seed(url, {summarizer})
      expect(JSON.parse(stdout).data.totals).to.include({kept: 4})
    }
    expect(await stored()).to.deep.equal(paid)
    expect(server.asked).to.have.length(length)
  })

  it('asks nothing for a plan', async () => {
    server = new LlmServer((response, asked) => answer(response, digestFor(asked)))
    const {stdout} = await seed(await server.start(), {more: ['--plan']})
    expect(JSON.parse(stdout).data.totals.digests).to.include({inserted: 4, telegram: 4})
    expect(server.asked).to.have.length(0)
  })

  describe(`killed at ${KILLS} random moments`, () => {
    it('loses nothing and asks for nothing stored again, on SQLite', () => survivesKills('killed.sqlite'))

    it('loses nothing and asks for nothing stored again, on MongoDB', async function () {
      const mongo = await sharedMongo(this)
      await survivesKills(mongo.url(`paid_${process.pid}`))
    })
  })

  /**
   * Seeds extractive digests, which a model's then replace, under SIGKILL. Checks after each kill: what was stored stays, what is
   * stored is not asked for again, every replaced version is in the history once.
   */
  async function survivesKills(store: string): Promise<void> {
    let answered = 0
    let victim: {pid: number; afterRequests: number; delay: number} | undefined
    server = new LlmServer(async (response, asked, count) => {
      const {pid, afterRequests, delay} = victim ?? {}
      if (pid !== undefined && delay !== undefined && count === afterRequests) setTimeout(() => killHard(pid), delay)
      await new Promise(resolve => setTimeout(resolve, 20))
      if (victim && !isDead(victim.pid)) answered += 1
      answer(response, digestFor(asked))
    })
    const url = await server.start()
    const random = xoroshiro128plus(7)
    const extractive = await seed(url, {days: DAYS, store, summarizer: 'extractive'})
    expect(extractive.code, extractive.stderr).to.equal(0)
    const before = await stored(store)
    const started = performance.now()
    const tally = {killed: 0, whileAsking: 0, written: 0, askedAndNotStored: 0, answeredAndNotStored: 0}
    for (let runs = 0; tally.killed < KILLS; runs += 1) {
      expect(runs, `runs for ${tally.killed} kills`).to.be.below(10 * KILLS)
      const paid = paidIds(await stored(store))
      if (paid.size === DAYS) await startAnew(store, before, url)
      const known = paid.size === DAYS ? new Set<string>() : paid
      const asked = server.asked.length
      answered = 0
      const left = DAYS - known.size
      const [nth, delay] = [uniformInt(random, 1, left), uniformInt(random, 0, 60)]
      const onStart = (pid: number): void => void (victim = {pid, afterRequests: asked + nth, delay})
      const {signal} = await seed(url, {days: DAYS, store, onStart})
      victim = undefined
      tally.killed += signal === 'SIGKILL' ? 1 : 0
      const now = paidIds(await stored(store))
      for (const id of known) expect(now.has(id), `${id} is stored still`).to.equal(true)
      for (const request of server.asked.slice(asked))
        expect(known.has(idOf(request)), `${idOf(request)} again`).to.equal(false)
      const [requests, written] = [server.asked.length - asked, now.size - known.size]
      if (signal === 'SIGKILL' && requests > 0 && now.size < DAYS) tally.whileAsking += 1
      tally.written += written
      tally.askedAndNotStored += requests - written
      tally.answeredAndNotStored += answered - written
      expect(requests - written, 'requests that were under way').to.be.at.most(CONCURRENT)
      await expectHistory(store, before, now)
    }
    expect((await seed(url, {days: DAYS, store})).code).to.equal(0)
    expect(paidIds(await stored(store)).size).to.equal(DAYS)
    const seconds = Math.round((performance.now() - started) / 1000)
    console.log(`      ${JSON.stringify({...tally, seconds})}`)
  }

  // All days are paid for: the extractive ones again, with nothing in the history.
  async function startAnew(store: string, before: readonly StoredDigest[], url: string): Promise<void> {
    await withStore(openStore(location(store)), async opened => {
      await opened.collection('ep23_history').deleteMany({})
      await opened.collection<StoredDigest>('digests').upsertMany(before, 'digest_id')
      await opened.collection('review_reports').deleteMany({})
    })
    expect((await seed(url, {days: DAYS, store, summarizer: 'extractive'})).code).to.equal(0)
  }

  async function expectHistory(
    store: string,
    before: readonly StoredDigest[],
    paid: ReadonlySet<string>,
  ): Promise<void> {
    const entries = await withStore(openStore(location(store)), opened =>
      Array.fromAsync(
        opened.collection<{document_id: string; document: StoredDigest}>('ep23_history').find({collection: 'digests'}),
      ),
    )
    const versions = new Map(entries.map(entry => [entry.document_id, entry.document]))
    for (const digest of before)
      if (paid.has(digest.digest_id)) expect(versions.get(digest.digest_id), digest.digest_id).to.deep.equal(digest)
    // MongoDB has no transaction over two collections: the version of a day that was about to be replaced may be there.
    if (!store.includes('://')) expect([...versions.keys()].sort()).to.deep.equal([...paid].sort())
    expect(entries.length, 'each version once').to.equal(new Set(entries.map(({document_id}) => document_id)).size)
  }
})

interface SeedOptions {
  days?: number
  store?: string
  summarizer?: string
  more?: string[]
  onStart?: (pid: number) => void
}

function isDead(pid: number): boolean {
  try {
    return !process.kill(pid, 0)
  } catch {
    return true
  }
}

// It may have ended by itself.
function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function paidIds(digests: readonly StoredDigest[]): Set<string> {
  return new Set(digests.filter(({metadata}) => metadata.written_by?.kind === 'model').map(({digest_id}) => digest_id))
}

/** A good answer: a Russian bullet with a link to the first post that the prompt names. */
function digestFor({body}: Asked): string {
  const [link = 'none'] = /https:\/\/t\.me\/[a-z0-9_]+\/\d+/u.exec(JSON.stringify(body)) ?? []
  return `- Важная новость дня рассказана здесь простыми словами. [пост](${link})`
}

function dayOf({body}: Asked): string {
  return /\d{1,2} ноября/u.exec(body.messages.find(({role}) => role === 'user')?.content ?? '')?.[0] ?? ''
}

function idOf(asked: Asked): string {
  return `@habr:2024-11-${dayOf(asked).split(' ')[0]?.padStart(2, '0')}`
}
