import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {normalOf} from '../../plugins/rag/test/servers/noisy-model.ts'
import {type Behaviour, complete, fragmentsOf, RerankServer} from '../../plugins/rag/test/servers/rerank-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const XQUAD = join(import.meta.dirname, '../../../shared/data/retrieval/xquad_ru/xquad.ru.subset.json')
const SHIPPED = join(import.meta.dirname, '../../config/retrieval_rerank_config.yaml')
const WORDS = ['альфа', 'бета', 'гамма', 'дельта', 'каппа', 'лямбда', 'сигма', 'омега']

/** A model that knows which word answers a query, with noise that depends on the seed it is sent. */
function knowingModel(noise: number): Behaviour {
  return (response, request) => {
    const query = /Запрос: (.*)/u.exec(request.body.messages![1]!.content)![1]!
    const wanted = WORDS[Number(/\d+$/u.exec(query)![0]) % 8]!
    const scores = fragmentsOf(request).map((text, i) => {
      const score = (text.includes(wanted) ? 0.8 : 0.2) + noise * normalOf(`${query}|${text}|${request.body.seed}`)
      return {id: i + 1, score: Math.min(1, Math.max(0, score))}
    })
    complete(response, {scores})
  }
}

describe('rag:tune and rag:promote', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let config: string
  beforeEach(async () => {
    folder = temporaryFolder()
    config = join(folder.path, 'config/retrieval_rerank_config.yaml')
    mkdirSync(join(folder.path, 'config'))
  })
  afterEach(() => folder.remove())

  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  async function own(text: string): Promise<void> {
    writeFileSync(config, text)
    await run(['rag:owner:init'])
  }
  async function run(
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<{code: number | null; data: ReturnType<typeof JSON.parse>; error: {message: string}}> {
    const {code, stdout, stderr} = await runEp23([...args, '--json'], {cwd: folder.path, env})
    const envelope = JSON.parse(stdout || `{"error": {"message": ${JSON.stringify(stderr)}}}`)
    if (envelope.data !== undefined) expect(problemsOfOutput(stdout)).to.deep.equal([])
    return {code, data: envelope.data, error: envelope.error}
  }

  /** A canary of 5 percent stands; it grows, shrinks by a rollback, and is taken back. */
  async function widenAndTakeBack(owned: string): Promise<void> {
    const small = readFileSync(config, 'utf8')
    expect(small.startsWith(owned)).to.equal(true)
    const setting = {'reranker.enabled': true, 'reranker.strategy': 'llm'}
    expect((await run(['rag:config:show'])).data).to.deep.include({signed: true, canary: {percent: 5, setting}})
    const widened = await run(['rag:promote', 'tune', '--canary', '20', '--why', 'no complaints'])
    expect(widened.data).to.deep.include({version: 3, canary: 20})
    expect(widened.data.changes).to.deep.equal([{key: 'canary.percent', from: 5, to: 20}])
    expect((await run(['rag:config:set', 'canary.percent', '50', '--why', 'x'])).code).to.equal(64)
    expect((await run(['rag:rollback', '--why', 'too many'])).data.changes[0].to).to.equal(5)
    expect(readFileSync(config, 'utf8')).to.equal(small)
    await run(['rag:promote', 'tune', '--canary', '100', '--why', 'to everybody'])
    expect(readFileSync(config, 'utf8')).to.equal(
      owned.replace('enabled: false', 'enabled: true').replace("strategy: 'off'", "strategy: 'llm'"),
    )
    const {entries} = (await run(['rag:config:history'])).data
    expect(entries.map(({action}: {action: string}) => action).slice(1)).to.deep.equal([
      'canary',
      'canary',
      'rollback',
      'promote',
    ])
    expect((await run(['rag:rollback', '1', '--why', 'start anew'])).data.version).to.equal(6)
  }

  it('takes `latest` for the run that ended last, and says what to do before there is one', async () => {
    const none = await run(['rag:report', 'latest'])
    expect(none.code).to.equal(64)
    expect(none.error.message).to.equal('there is no finished tuning run yet')
    for (const [name, finished_at] of [
      ['older', '2026-11-01T00:00:00.000Z'],
      ['newer', '2026-11-02T00:00:00.000Z'],
      ['unfinished', undefined],
    ] as const) {
      mkdirSync(join(folder.path, '.ep23/rag-tune', name), {recursive: true})
      const file = finished_at === undefined ? 'trials.jsonl' : 'result.json'
      write(`.ep23/rag-tune/${name}/${file}`, JSON.stringify({finished_at}))
    }
    const {error} = await run(['rag:report', 'latest'])
    expect(error.message).to.include(join('.ep23/rag-tune/newer/result.json')).and.include('not a result of rag:tune')
  })

  it('finds better knobs than bad ones on real questions, goes on after an interruption, and promotes once', async () => {
    const bad = '  vector_search_headroom_multiplier: 2\n  bm25:\n    k1: 10 # too slow\n    b: 0\n'
    await own(readFileSync(SHIPPED, 'utf8').replace('  vector_search_headroom_multiplier: 2\n', bad))
    write('space.yaml', 'retrieval.bm25.k1: [0.9, 10]\nretrieval.bm25.b: [0, 0.75]\n')
    const tune = ['rag:tune', '--space', 'space.yaml', '--squad', XQUAD, '--output', 'tune']
    const {data} = await run(tune)
    expect(data.tried).to.deep.equal({settings: 4, resumed: 0})
    expect(data.queries).to.deep.equal({train: 306, test: 306})
    expect(data.best).to.deep.equal({'retrieval.bm25.k1': 0.9, 'retrieval.bm25.b': 0.75})
    expect(data.front[0].gain.low).to.be.greaterThan(0)
    expect(data.front[0].test.variance_ratio.high).to.equal(0)

    const trials = join(folder.path, 'tune/trials.jsonl')
    const lines = readFileSync(trials, 'utf8').split('\n')
    writeFileSync(trials, [...lines.slice(0, 3), lines[3]!.slice(0, 40)].join('\n'))
    const again = await run(tune)
    expect(again.data.tried.resumed).to.equal(1)
    expect(again.data.front[0].gain).to.deep.equal(data.front[0].gain)
    expect((await run([...tune, '--seed', '5'])).error.message).to.include('the trials of another space')

    write('other.yaml', 'retrieval.bm25.k1: [0.9]\n')
    const other = await run(['rag:tune', '--space', 'other.yaml', '--squad', XQUAD, '--output', 'tune'])
    expect(other.error.message).to.include('the trials of another space')

    const before = readFileSync(config, 'utf8')
    expect((await run(['rag:promote', 'tune', '--why', 'better', '--key', 'nobodys.key'])).code).to.equal(77)
    expect(readFileSync(config, 'utf8')).to.equal(before)
    expect((await run(['rag:report', 'tune'])).data).to.include({promotable: true, past_runs: 2})
    const latest = await run(['rag:report', 'latest', '--output', 'latest.html'])
    expect(latest.data).to.include({run_id: again.data.run_id, promotable: true})
    const report = readFileSync(join(folder.path, 'tune/report.html'), 'utf8')
    expect(report.match(/class="(?:gained|lost)"/gu)).to.have.length(
      data.front[0].gain.improved + data.front[0].gain.worse,
    )
    expect((await run(['rag:promote', 'tune', '--why', 'better'])).data).to.include({promoted: true, version: 2})
    expect(readFileSync(config, 'utf8')).to.equal(
      before.replace('k1: 10 #', 'k1: 0.9 #').replace('b: 0\n', 'b: 0.75\n'),
    )
    const stale = await run(['rag:promote', 'tune', '--why', 'again'])
    expect(stale.code).to.equal(2)
    expect(stale.data.refusals[0]).to.include('has changed since it was tuned')
    expect((await run(['rag:report', 'tune', '--output', 'again.html'])).data.promotable).to.equal(false)
  })

  it('refuses a gain that may be chance', async () => {
    await own(readFileSync(SHIPPED, 'utf8'))
    write('space.yaml', 'retrieval.bm25.k1: [0.9, 1]\n')
    await run(['rag:tune', '--space', 'space.yaml', '--squad', XQUAD, '--output', 'tune', '--method', 'halving'])
    const before = readFileSync(config, 'utf8')
    const {code, data} = await run(['rag:promote', 'tune', '--why', 'hope'])
    expect(code).to.equal(2)
    expect(data.refusals[0]).to.include('may be chance')
    expect(readFileSync(config, 'utf8')).to.equal(before)
  })

  for (const [noise, promoted] of [
    [0, true],
    [0.2, false],
  ] as const)
    it(`${promoted ? 'promotes' : 'refuses'} a reranker with noise ${noise}`, async () => {
      await own(readFileSync(SHIPPED, 'utf8').replace('timeout_seconds: 3', 'timeout_seconds: 30'))
      write('space.yaml', 'reranker.enabled: [true]\nreranker.strategy: [llm]\n')
      write(
        'corpus.jsonl',
        WORDS.map((word, i) => JSON.stringify({_id: `d${i}`, text: `общий текст ${word}`})).join('\n'),
      )
      write('queries.tsv', Array.from({length: 24}, (_, i) => `q${i}\tобщий текст номер${i}`).join('\n'))
      write('qrels.trec', Array.from({length: 24}, (_, i) => `q${i} 0 d${i % 8} 1`).join('\n'))
      const server = new RerankServer(knowingModel(noise))
      const LLM_URL = await server.start()
      const files = ['--queries', 'queries.tsv', '--qrels', 'qrels.trec', '--corpus', 'corpus.jsonl']
      const {data} = await run(['rag:tune', '--space', 'space.yaml', ...files, '--output', 'tune'], {LLM_URL})
      await server.stop()
      const {test, gain} = data.front[0]
      expect(new Set(server.asked.map(({body}) => body.seed))).to.deep.equal(new Set([42, 43, 44]))
      expect(test).to.include({asked: 36, fallbacks: 0})
      expect(gain.low).to.be.greaterThan(0)
      if (promoted) expect(test.variance_ratio).to.deep.equal({estimate: 0, low: 0, high: 0})
      const owned = readFileSync(config, 'utf8')
      const canary = await run(['rag:promote', 'tune', '--canary', '5', '--why', 'on a few'])
      expect(canary.code).to.equal(promoted ? 0 : 2)
      if (promoted) await widenAndTakeBack(owned)
      expect(readFileSync(config, 'utf8')).to.equal(owned)
      const {code, data: promotion} = await run(['rag:promote', 'tune', '--why', 'reranked'])
      expect(code).to.equal(promoted ? 0 : 2)
      if (!promoted) expect(promotion.refusals.join()).to.include('repeated runs disagree')
      expect(readFileSync(config, 'utf8').includes('enabled: true')).to.equal(promoted)
      expect(readFileSync(config, 'utf8').includes('enable_rag_plus_plus: false')).to.equal(true)
    })
})
