import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {
  answer,
  type Asked,
  fakeModelServer,
  type FakeModelServer,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
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

describe('benchmark:run with a judge of claims', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer
  before(async () => {
    folder = temporaryFolder()
    server = await fakeModelServer((asked, response) =>
      answer(
        response,
        asked.body.model === 'liar'
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

  it('measures nothing when the judge invents its quotes', async () => {
    const {code, stdout} = await run('liar', '-o', 'liar')
    expect(code).to.equal(5)
    expect(JSON.parse(stdout).data.assessment.samples.unmeasured).to.deep.equal({evidence_not_found: 4})
    expect(existsSync(join(folder.path, 'liar/run.json'))).to.equal(true)
  })
})
