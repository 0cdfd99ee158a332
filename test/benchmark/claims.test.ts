import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {
  answer,
  type Asked,
  fakeModelServer,
  type FakeModelServer,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {labelAll} from '../../plugins/benchmark/test/sample/simulated-rater.ts'
import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

/** A judge that finds every statement in the posts, and proves it by the posts' last three words; of the second digest it invents. */
function reply({body: {messages}}: Asked): string {
  const shown = messages.find(({role}) => role === 'user')?.content ?? ''
  const part = (tag: string) => new RegExp(`<${tag}>\\n([\\s\\S]*)\\n</${tag}>`, 'u').exec(shown)?.[1] ?? ''
  const quote = part('source').trim().split(/\s+/u).slice(-3).join(' ')
  const numbers = part('statements').split('\n').length
  const statements = Array.from({length: numbers}, (_, index) => ({n: index + 1, verdict: 'supported', quote}))
  return JSON.stringify({statements, news: [{quote, statement: 1}]})
}

/** Stations that a statement or an item counts; 0 for what counts none. */
function stationsIn(text: string): number {
  return Number(/(?<count>\d+) станций/u.exec(text)?.groups?.['count'] ?? 0)
}

/** Every third count is not in the posts, says this judge. */
function strictReply(asked: Asked): string {
  const shown = asked.body.messages.find(({role}) => role === 'user')?.content ?? ''
  const {statements, news} = JSON.parse(reply(asked)) as {statements: {n: number}[]; news: unknown}
  const stated = shown.slice(shown.indexOf('<statements>')).split('\n')
  const held = statements.map(each => {
    const count = stationsIn(stated[each.n] ?? '')
    return count > 0 && count % 3 === 0 ? {...each, verdict: 'absent', quote: ''} : each
  })
  return JSON.stringify({statements: held, news})
}

describe('benchmark:run with a judge of claims', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer
  before(async () => {
    folder = temporaryFolder()
    server = await fakeModelServer((asked, response) =>
      answer(
        response,
        asked.body.model === 'strict'
          ? strictReply(asked)
          : asked.body.model === 'liar'
            ? reply(asked).replaceAll(/"quote":"[^"]*"/gu, '"quote":"этого никто не писал"')
            : reply(asked),
      ),
    )
    const lines = samplesOf(4).map(sample => `${JSON.stringify(sample)}\n`)
    writeFileSync(join(folder.path, 'data.jsonl'), lines.join(''))
  })
  after(async () => {
    await server.close()
    folder.remove()
  })

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path, env: {LLM_URL: server.url}})
  const run = (model: string, ...args: string[]): Promise<Ended> =>
    ep23('benchmark:run', '-s', 'channel_digest_claims_ru', '-d', 'data.jsonl', '--model', model, '--json', ...args)

  it('scores, replays, verifies what it scored from the raw answers, and shows it', async () => {
    const live = await run('m', '-o', 'datasets/benchmarks/live', '--allow-undecided')
    expect(live.code, live.stderr + live.stdout).to.equal(0)
    expect(problemsOfOutput(live.stdout)).to.deep.equal([])
    const {data} = JSON.parse(live.stdout)
    expect(data.assessment.by_origin.telegram.scores.supported.mean.estimate).to.equal(1)
    expect(data.identity.judge.signature).to.include('prompt:claims-ru-1')
    expect(data.identity.judge.prompt.version).to.equal('claims-ru-1')

    const asked = server.requests.length
    const replay = await run('m', '--replay', 'strict', '-o', 'replay', '--allow-undecided')
    expect(replay.code, replay.stderr).to.equal(0)
    expect(server.requests).to.have.length(asked)

    const verified = await ep23('benchmark:verify', 'datasets/benchmarks/live', '--json')
    expect(verified.code, verified.stdout).to.equal(0)
    expect(JSON.parse(verified.stdout).data).to.include({verified: true, judgements: 4, recomputed: 4})

    expect((await ep23('view', '--export', 'pages')).code).to.equal(0)
    const shard = readFileSync(join(folder.path, `pages/data-run~2f${data.run_id}~2fsample~2f0.js`), 'utf8')
    expect(shard).to.include('"claims":{"statements":[{"text":').and.include('"verdict":"supported"')
  })

  it('finds a raw answer that was changed to a better one', async () => {
    const file = join(folder.path, 'replay/replies.jsonl')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, before.replace('supported', 'contradicted'))
    const verified = await ep23('benchmark:verify', 'replay', '--json')
    expect(verified.code).to.equal(2)
    expect(verified.stdout).to.include('replies.jsonl')
  })

  it('is held against people who answer item by item: what it finds of the right and of the wrong, and what they would say', async () => {
    const lines = samplesOf(20).map(sample => `${JSON.stringify(sample)}\n`)
    writeFileSync(join(folder.path, 'twenty.jsonl'), lines.join(''))
    const how = ['-s', 'channel_digest_claims_ru', '-d', 'twenty.jsonl', '--model', 'strict', '-o', 'strict']
    const judged = await ep23('benchmark:run', ...how, '--allow-undecided')
    expect(judged.code, judged.stderr).to.equal(0)
    const plan = [
      'benchmark:label',
      'plan',
      '--run',
      'strict',
      '--raters',
      'anna,boris',
      '--size',
      '20',
      '--mode',
      'claims',
    ]
    expect((await ep23(...plan, '--name', 'claims')).code).to.equal(0)
    for (const rater of ['anna', 'boris'])
      await labelAll(join(folder.path, 'labels/claims'), rater, question => {
        if (question.kind === 'missing') return {kind: 'missing', value: 0}
        if (question.kind !== 'claim') throw new Error(question.kind)
        const {bullet, text} = question
        const count = stationsIn(text)
        // People see more than the judge: every seventh count is wrong as well. On ten they are of two minds.
        const isWrong = count > 0 && (count % 3 === 0 || count % 7 === 0)
        const value = isWrong ? 'wrong' : count === 10 && rater === 'boris' ? 'unsupported' : 'right'
        return {kind: 'claim', bullet, value}
      })
    const told = await ep23('benchmark:calibrate', '--labels', 'claims', '--part', 'all', '--json')
    expect(told.code, told.stderr + told.stdout).to.equal(0)
    expect(problemsOfOutput(told.stdout)).to.deep.equal([])
    const {statements} = JSON.parse(told.stdout).data
    expect(statements).to.include({items: 40, divided: 1})
    expect(statements.sensitivity).to.include({estimate: 1, measured: 30})
    expect(statements.specificity.estimate).to.be.closeTo(7 / 9, 1e-12)
    expect(statements.judge_share.estimate).to.be.closeTo(33 / 40, 1e-12)
    // 33 less the two that the judge let pass.
    expect(statements.people_share.estimate).to.be.closeTo(31 / 40, 1e-9)
    expect(statements.people_share.low)
      .to.be.below(31 / 40)
      .and.above(0.2)
  })

  it('measures nothing when the judge invents its quotes', async () => {
    const {code, stdout} = await run('liar', '-o', 'liar')
    expect(code).to.equal(5)
    expect(JSON.parse(stdout).data.assessment.samples.unmeasured).to.deep.equal({evidence_not_found: 4})
    expect(existsSync(join(folder.path, 'liar/run.json'))).to.equal(true)
  })
})
