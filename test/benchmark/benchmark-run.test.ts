import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {
  answer,
  type Behaviour,
  fakeModelServer,
  type FakeModelServer,
  goodJudgement,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']

describe('benchmark:run as a user runs it', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer | undefined
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())
  afterEach(async () => {
    await server?.close()
    server = undefined
  })

  const ep23 = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
    runEp23(['benchmark:run', ...(args.includes('--scenario') ? [] : ['--scenario', 'channel_digest_ru']), ...args], {
      cwd: folder.path,
      env,
    })

  /** A dataset with these stored scores in turn; between two thresholds it takes many samples to be sure. */
  function dataset(name: string, ...scores: (number | undefined)[]): string {
    const samples = samplesOf(scores[0] === 0.87 ? 500 : 30, number => {
      const value = scores[number % scores.length]
      if (value === undefined) return {}
      return {
        ground_truth: {
          llm_judge: {
            judge_model: 'm',
            scores: Object.fromEntries(
              SCORES.map(score => [
                score,
                value === 0.7 ? value + ((number * 3) % 7) / 1e3 : value - (number % 7) / 1e3,
              ]),
            ),
          },
        },
      }
    })
    const file = join(folder.path, name)
    writeFileSync(file, samples.map(sample => `${JSON.stringify(sample)}\n`).join(''))
    return file
  }

  const VERDICTS: [string, (number | undefined)[], string[], number, string][] = [
    ['passes', [0.95], [], 0, 'ok'],
    ['warns and exits 0', [0.87], [], 0, 'ok'],
    ['warns and exits 3 with --fail-on-warn', [0.87], ['--fail-on-warn'], 3, 'warned'],
    ['fails with exit 2', [0.5], [], 2, 'failed'],
    ['is undecided and exits 4', [0.7, 1], [], 4, 'undecided'],
    ['is undecided and exits 0 with --allow-undecided', [0.7, 1], ['--allow-undecided'], 0, 'ok'],
    ['is unmeasured with exit 5', [undefined, 0.95], [], 5, 'unmeasured'],
  ]
  for (const [title, scores, flags, code, status] of VERDICTS)
    it(`${title}, the same in text and JSON`, async () => {
      const file = dataset('stored.jsonl', ...scores)
      const [text, json] = [
        await ep23(['-d', file, '--dry-run', ...flags]),
        await ep23(['-d', file, '--dry-run', '--json', ...flags]),
      ]
      expect([text.code, json.code], text.stderr + json.stdout).to.deep.equal([code, code])
      expect(problemsOfOutput(json.stdout)).to.deep.equal([])
      expect(JSON.parse(json.stdout)).to.include({status})
    })

  it('judges offline, writes every result and the job summary', async () => {
    const file = dataset('plain.jsonl', undefined)
    const summary = join(folder.path, 'summary.md')
    const {code, stdout, stderr} = await ep23(['-d', file, '--json', '-o', 'out'], {GITHUB_STEP_SUMMARY: summary})
    // The same texts in every channel: scores that look invented do not pass.
    expect(code, stderr).to.equal(4)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    for (const name of ['run.json', 'samples.jsonl', 'dataset.jsonl', 'junit.xml', 'report.md', 'scores.csv'])
      expect(existsSync(join(folder.path, 'out', name)), name).to.equal(true)
    expect(readFileSync(summary, 'utf8')).to.equal(readFileSync(join(folder.path, 'out/report.md'), 'utf8'))
    expect(stderr).to.include('[4/4]')
  })

  it('holds an exported file against its manifest, and says of one without that it is unproven', async () => {
    const place = join(folder.path, 'proof')
    mkdirSync(place)
    const seeded = {EP23_STORE: join(place, 'store.sqlite')}
    await runEp23(['dataset:seed', '-q'], {cwd: place, env: seeded})
    const exported = await runEp23(['exporters:run', 'digests', '-o', place, '-q'], {cwd: place, env: seeded})
    expect(exported.code, exported.stderr).to.equal(0)
    const file = join(place, 'digests.jsonl')
    const sound = readFileSync(file, 'utf8')
    const run = (...args: string[]) => ep23(['-d', file, '-o', join(place, `out-${Math.random()}`), ...args])
    const proven = await run('--json', '--require-proof')
    expect(JSON.parse(proven.stdout).data.dataset.proof).to.deep.equal({
      by: 'manifest',
      manifest: 'digests.manifest.json',
    })
    expect(proven.stdout).to.not.include('unproven')

    for (const changed of [
      sound.replace(/("summary_markdown":"[^"]*?)а/u, '$1о'),
      sound.replace('"origin":"synthetic"', '"origin":"telegram"'),
    ]) {
      expect(changed).to.not.equal(sound)
      writeFileSync(file, changed)
      const refused = await run('--json')
      expect(refused.code).to.equal(65)
      const {code, message} = JSON.parse(refused.stdout).error as {code: string; message: string}
      expect(code).to.equal('BENCHMARK_DATASET_CHANGED')
      expect(message).to.include('digests.jsonl line 1').and.include('@habr:')
    }

    writeFileSync(file, sound)
    rmSync(join(place, 'digests.manifest.json'))
    expect((await run('--require-proof')).stderr).to.include('BENCHMARK_UNPROVEN')
    const out = join(place, 'unproven')
    const {stdout} = await ep23(['-d', file, '-o', out])
    const report = await runEp23(['benchmark:report', out], {cwd: place})
    expect(report.code, report.stderr).to.equal(0)
    for (const text of [
      stdout,
      ...['report.md', 'junit.xml', 'report.html'].map(name => readFileSync(join(out, name), 'utf8')),
    ])
      expect(text).to.include('the dataset is unproven')
    expect(readFileSync(join(out, 'run.json'), 'utf8')).to.include('"by": "nothing"')
  })

  it('judges by a model, then replays without it to the same scores', async () => {
    const file = dataset('plain.jsonl', undefined)
    const behave: Behaviour = ({body, count}, response) =>
      answer(response, goodJudgement(body, count % 4 === 0 ? 9 : 10))
    server = await fakeModelServer(behave)
    const flags = ['-d', file, '-j', 'llm', '--model', 'm', '--prompt-price', '1', '--completion-price', '1']
    const live = await ep23([...flags, '-o', 'live', '--json'], {LLM_URL: server.url, OPENAI_API_KEY: 'k'})
    expect(live.code, live.stderr + live.stdout).to.equal(0)
    expect(problemsOfOutput(live.stdout)).to.deep.equal([])
    const {data} = JSON.parse(live.stdout) as {
      data: {assessment: {verdict: string; usage: {calls: number; cost: number}}}
    }
    expect(data.assessment.verdict).to.equal('pass')
    expect(data.assessment.usage).to.include({calls: 30, cost: 0.033})
    const asked = server.requests.length
    const replay = await ep23([...flags, '-o', 'replay', '--replay', 'strict'], {LLM_URL: server.url})
    expect(replay.code, replay.stderr).to.equal(0)
    expect(server.requests).to.have.length(asked)
    expect(readFileSync(join(folder.path, 'replay/scores.csv'))).to.deep.equal(
      readFileSync(join(folder.path, 'live/scores.csv')),
    )
  })

  it('goes on after a kill without asking the model for what it has', async () => {
    const file = dataset('plain.jsonl', undefined)
    let pid: number | undefined
    server = await fakeModelServer(({body, count}, response) => {
      // Killed while the 21st answer is under way.
      if (count === 21 && pid !== undefined) process.kill(pid, 'SIGKILL')
      else answer(response, goodJudgement(body, 4 + (count % 2)))
    })
    const args = [
      'benchmark:run',
      '-s',
      'channel_digest_ru',
      '-d',
      file,
      '-j',
      'llm',
      '--model',
      'killed',
      '--concurrency',
      '1',
      '-o',
      'killed',
    ]
    const env = {LLM_URL: server.url}
    const killed = await runEp23(args, {cwd: folder.path, env, onStart: started => (pid = started)})
    expect(killed.signal).to.equal('SIGKILL')
    const {code, stdout, stderr} = await runEp23([...args, '--resume', '--json'], {cwd: folder.path, env})
    expect(code, stderr + stdout).to.equal(2)
    expect(JSON.parse(stdout).data).to.include({attempts: 2})
    expect(server.requests).to.have.length(31)
  })

  it('stands on the same dataset root as the export, from the store and from its file, and synthetic samples pass nothing', async () => {
    await runEp23(['dataset:seed', '-q'], {cwd: folder.path})
    const exported = await runEp23(
      ['exporters:run', 'digests', '-o', 'exported/', '-q', '--compress', 'gzip', '--json'],
      {cwd: folder.path},
    )
    const manifest = JSON.parse(readFileSync(join(folder.path, 'exported/digests.manifest.json'), 'utf8')) as {
      exports: {merkle: {root: string}; files: {name: string}[]}[]
    }
    const [digests] = manifest.exports
    const file = join('exported', digests?.files[0]?.name ?? '')
    for (const flags of [[], ['-d', file]]) {
      const {code, stdout, stderr} = await ep23([...flags, '--json'])
      expect(code, stderr + exported.stderr).to.equal(5)
      const {data} = JSON.parse(stdout) as {
        data: {dataset: {merkle_root: string; by_origin: unknown}; assessment: {verdict: string}}
      }
      expect(data.dataset.merkle_root).to.equal(digests?.merkle.root)
      expect(data.dataset.by_origin).to.deep.equal({telegram: 0, synthetic: 150, team: 0})
      expect(data.assessment.verdict).to.equal('unmeasured')
    }
  })

  it('says what to do without a server, a model, a known judge or scenario', async () => {
    const file = dataset('plain.jsonl', undefined)
    const cases: [string[], Record<string, string>, string][] = [
      [['-j', 'llm'], {}, 'LLM_URL'],
      [['-j', 'llm'], {LLM_URL: 'http://127.0.0.1:1/v1'}, '--model'],
      [['-j', 'oracle'], {}, 'known: lexical, recorded, llm'],
      [['--scenario', 'none'], {}, 'channel_digest_ru'],
      [['--resume'], {}, 'there is no unfinished run'],
    ]
    for (const [flags, env, words] of cases) {
      const {code, stderr} = await ep23(['-d', file, ...flags], env)
      expect(code, stderr).to.equal(64)
      expect(stderr).to.include(words)
    }
  })
})
