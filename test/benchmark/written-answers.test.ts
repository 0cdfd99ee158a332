import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {
  answer,
  type Asked,
  fakeModelServer,
  type FakeModelServer,
  goodJudgement,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SAMPLES = 6
const WRITING = ['-j', 'llm', '--answer-writer', 'openai:w', '--answer-repeats', '2', '--judge-repeats', '2']

/** Another text for every seed, and another mark for every judgement. */
function reply({body}: Asked): string {
  if (body.response_format) return goodJudgement(body, 1 + ((body.seed ?? 0) % 3))
  return `- Ответ номер ${body.seed}: учёные открыли новую комету за орбитой Юпитера.`
}

describe('benchmark:run with answers written anew', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer
  before(() => {
    folder = temporaryFolder()
    const lines = samplesOf(SAMPLES).map(sample => `${JSON.stringify(sample)}\n`)
    writeFileSync(join(folder.path, 'data.jsonl'), lines.join(''))
  })
  after(() => folder.remove())
  afterEach(() => server?.close())

  const ep23 = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
    runEp23(args, {cwd: folder.path, env})
  const run = (args: string[], onStart?: (pid: number) => void): Promise<Ended> =>
    runEp23(['benchmark:run', '-s', 'channel_digest_ru', '-d', 'data.jsonl', '--model', 'm', ...args], {
      cwd: folder.path,
      env: {LLM_URL: server.url},
      ...(onStart && {onStart}),
    })

  it('writes, judges, splits the variance, archives, verifies, and replays it all without the server', async () => {
    server = await fakeModelServer((asked, response) => answer(response, reply(asked)))
    const live = await run([...WRITING, '-o', 'live', '--json'])
    expect(live.code, live.stderr + live.stdout).to.equal(2)
    expect(problemsOfOutput(live.stdout)).to.deep.equal([])
    const {data} = JSON.parse(live.stdout)
    expect(data.identity.answers).to.include({repeats: 2, model: 'w'})
    expect(data.assessment.answers).to.include({answers: 12, written: 12, differing: SAMPLES})
    expect(data.assessment.usage.calls).to.equal(24)
    expect(data.assessment.by_origin.telegram.scores.coverage.variance).to.include({answers: 2, judgements: 2})
    expect(server.requests).to.have.length(36)
    expect(readFileSync(join(folder.path, 'live/report.md'), 'utf8')).to.include('Answers: 12 written anew by w')

    const archived = await ep23(['benchmark:archive', 'live', '--output', 'run.tar.gz', '--json'])
    expect(archived.code, archived.stderr).to.equal(0)
    const verified = await ep23(['benchmark:verify', 'run.tar.gz', '--json'])
    expect(verified.code, verified.stdout).to.equal(0)
    expect(JSON.parse(verified.stdout).data).to.include({verified: true, judgements: 24, recomputed: 24})

    const replay = await run([...WRITING, '-o', 'replay', '--replay', 'strict'])
    expect(replay.code, replay.stderr).to.equal(2)
    expect(server.requests).to.have.length(36)
    expect(replay.stdout)
      .to.include('12 from the cache')
      .and.match(/variance of \w+: samples/u)
    for (const name of ['scores.csv', 'dataset.jsonl'])
      expect(readFileSync(join(folder.path, 'replay', name))).to.deep.equal(
        readFileSync(join(folder.path, 'live', name)),
      )
  })

  it('goes on after a kill without asking again for any answer or judgement it has', async () => {
    let pid: number | undefined
    server = await fakeModelServer((asked, response) => {
      // Killed while the ninth request is under way.
      if (asked.count === 9 && pid !== undefined) process.kill(pid, 'SIGKILL')
      else answer(response, reply(asked))
    })
    const args = [...WRITING, '--concurrency', '1', '-o', 'killed', '--seed', '99']
    const killed = await run(args, started => (pid = started))
    expect(killed.signal).to.equal('SIGKILL')
    expect(existsSync(join(folder.path, 'killed/answers.journal.jsonl'))).to.equal(true)
    const {code, stdout, stderr} = await run([...args, '--resume', '--json'])
    expect(code, stderr + stdout).to.equal(2)
    expect(JSON.parse(stdout).data.assessment.answers).to.include({written: 12})
    expect(server.requests).to.have.length(37)
  })

  it('says who could write, and refuses what would say nothing', async () => {
    server = await fakeModelServer(() => undefined)
    const cases: [string[], string][] = [
      [['--answer-repeats', '3'], '--answer-writer extractive'],
      [['--answer-writer', 'parrot'], '--answer-writer openai:MODEL'],
      [['--answer-writer', 'openai:w', '-j', 'recorded'], 'stored scores are of the stored answers'],
      [['-j', 'llm', '--max-cost', '1'], '--prompt-price'],
      [
        ['--max-cost', '1', '--prompt-price', '1', '--completion-price', '1', '--answer-writer', 'openai:w'],
        '--answer-prompt-price',
      ],
    ]
    for (const [args, words] of cases) {
      const {code, stderr} = await run(args)
      expect(code, stderr).to.equal(64)
      expect(stderr).to.include(words)
    }
  })
})
