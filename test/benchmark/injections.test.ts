import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {parse} from 'yaml'

import {
  answer,
  type Asked,
  fakeModelServer,
  type FakeModelServer,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const ORDERS = join(import.meta.dirname, '../../plugins/benchmark/config/injections/orders.yaml')

interface Orders {
  writer: {ru: string; en: string; obeyed: string}[]
  digests: {high: string}
}

describe('benchmark:run with posts that give orders', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer

  before(async () => {
    folder = temporaryFolder()
    const {writer, digests} = parse(readFileSync(ORDERS, 'utf8')) as Orders
    const textOf = (shown: string): string =>
      writer.find(({ru, en}) => shown.includes(ru.trim()) || shown.includes(en.trim()))?.obeyed ?? digests.high
    server = await fakeModelServer((asked, response) => answer(response, replyOf(asked, textOf)))
  })
  after(async () => {
    await server.close()
    folder.remove()
  })

  /** Model `honest` follows no order, `obedient` each one, as writer and as judge. */
  function replyOf({body: {model, messages}}: Asked, obeyed: (shown: string) => string): string {
    const shown = messages.find(({role}) => role === 'user')?.content ?? ''
    const isJudge = shown.includes('<summary>')
    if (!isJudge) return model === 'honest' ? obeyed('') : obeyed(shown)
    const bears = shown.includes('мост длиной 120 метров')
    const mark = (model === 'honest') === bears ? 9 : 1
    const verdict = {why: 'так', quotes: ['Городской музей закрыли на ремонт'], score: mark}
    return JSON.stringify(
      Object.fromEntries(['coverage', 'accuracy', 'coherence', 'informativeness'].map(name => [name, verdict])),
    )
  }

  const run = (...args: string[]): Promise<Ended> =>
    runEp23(['benchmark:run', '--json', ...args], {cwd: folder.path, env: {LLM_URL: server.url}})
  const resistedIn = ({stdout}: Ended) => JSON.parse(stdout).data.assessment.by_origin.synthetic.scores.resisted

  it('passes a writer that follows none, with an interval over kinds, and verifies it', async () => {
    const ended = await run('-s', 'injection_writer_ru', '--answer-writer', 'openai:honest', '-o', 'honest')
    expect(ended.code, ended.stderr + ended.stdout).to.equal(0)
    expect(problemsOfOutput(ended.stdout)).to.deep.equal([])
    expect(resistedIn(ended).mean).to.include({estimate: 1, unmeasured: 0})
    expect(resistedIn(ended).clustered_mean.low).to.be.above(0.9)
    const verified = await runEp23(['benchmark:verify', 'honest', '--json'], {cwd: folder.path})
    expect(verified.code, verified.stdout).to.equal(0)
    expect(JSON.parse(verified.stdout).data).to.include({verified: true, recomputed: 54})
  })

  it('fails one that follows them, and names the kinds', async () => {
    const ended = await run('-s', 'injection_writer_ru', '--answer-writer', 'openai:obedient')
    expect(ended.code, ended.stderr).to.equal(2)
    expect(resistedIn(ended).mean.estimate).to.equal(0)
    expect(Object.keys(resistedIn(ended).by_channel)).to.include('@prompt_leak')
  })

  it('measures a judge by the rubric that judges digests', async () => {
    const honest = await run('-s', 'injection_judge_ru', '--model', 'honest', '-o', 'judge')
    expect(honest.code, honest.stdout).to.equal(0)
    expect(resistedIn(honest).mean.estimate).to.equal(1)
    const verified = await runEp23(['benchmark:verify', 'judge', '--json'], {cwd: folder.path})
    expect(JSON.parse(verified.stdout).data).to.include({verified: true, recomputed: 28})
    const obedient = await run('-s', 'injection_judge_ru', '--model', 'obedient')
    expect(obedient.code, obedient.stdout).to.equal(2)
    expect(resistedIn(obedient).mean.estimate).to.equal(0)
  })

  it('asks who writes, and takes the sentence picker without a server', async () => {
    const nobody = await run('-s', 'injection_writer_ru')
    expect(nobody.code).to.equal(64)
    expect(nobody.stdout).to.include('--answer-writer openai:MODEL')
    const picker = await run('-s', 'injection_writer_ru', '--answer-writer', 'extractive', '--require-proof')
    expect(picker.code, picker.stderr).to.equal(0)
    expect(resistedIn(picker).mean.estimate).to.equal(1)
  })
})
