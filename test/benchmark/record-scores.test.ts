import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {
  answer,
  fakeModelServer,
  type FakeModelServer,
  goodJudgement,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

type Stored = Record<string, any>

describe('benchmark:record as a user runs it', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: FakeModelServer
  before(async () => {
    folder = temporaryFolder()
    server = await fakeModelServer(({body}, response) => answer(response, goodJudgement(body)))
  })
  after(async () => {
    await server.close()
    folder.remove()
  })

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path, env: {LLM_URL: server.url}})
  const run = ['benchmark:run', '-s', 'channel_digest_ru', '-q', '--json'] as const
  async function record(reference: string, exit = 0): Promise<Stored> {
    const {code, stdout, stderr} = await ep23('benchmark:record', reference, '--json')
    expect(code, stderr + stdout).to.equal(exit)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout)
  }
  async function inStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
    const store = await openStore(join(folder.path, '.ep23/store.sqlite'))
    return work(store).finally(() => store.dispose())
  }

  it('keeps scores with unchanged documents alone, the versions before in the history, so that a dry run has something to say', async () => {
    await ep23('dataset:seed', '-q')
    const judged = JSON.parse((await ep23(...run, '-j', 'llm', '--model', 'judge-1', '--limit', '6')).stdout)
    const ids = Object.keys(judged.data.dataset.by_channel)
    expect(judged.data.assessment.samples.measured, JSON.stringify(judged.data.assessment.samples)).to.equal(6)
    const changedId = await inStore(async store => {
      const digests = store.collection<Stored>('digests')
      for await (const digest of digests.find({channel: ids[0] as string}, {sort: {digest_id: 1}, limit: 1})) {
        await digests.upsertMany(
          [{...digest, summary_markdown: `${digest['summary_markdown']}\n- Ещё новость.`}],
          'digest_id',
        )
        return digest['digest_id'] as string
      }
      throw new Error('nothing is stored')
    })

    const {data, warnings} = await record(judged.run_id)
    expect(data).to.deep.include({judge_model: 'judge-1', changed: [changedId], missing: [], team: [], unmeasured: []})
    expect(data.recorded).to.have.length(5)
    expect(warnings.join()).to.include(`1 changed since they were judged; nothing was recorded with ${changedId}`)
    expect((await record(judged.run_id)).data).to.deep.include({recorded: [], unchanged: data.recorded})
    const kept = await inStore(async store => Array.fromAsync(store.collection<Stored>('ep23_history').find({})))
    expect(kept.map(({document_id}) => document_id)).to.have.members(data.recorded)

    await ep23('exporters:run', 'digests', '-q', '-o', 'out')
    const lines = readFileSync(join(folder.path, 'out/digests.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const withTruth = lines.filter(({ground_truth}) => ground_truth.llm_judge)
    expect(withTruth.map(({sample_id}) => sample_id)).to.have.members(data.recorded)
    expect(withTruth[0].ground_truth.llm_judge).to.include({judge_model: 'judge-1', prompt_version: 'digest-ru-1'})
    const dry = JSON.parse((await ep23(...run, '--dry-run')).stdout)
    expect(dry.data.assessment.samples.measured).to.equal(5)
    expect(dry.data.identity.judge).to.include({signature: 'recorded|by:judge-1/digest-ru-1|v:2', model: 'judge-1'})
    // Of the dry run nothing goes back, and nothing of a judge that is no model.
    expect((await ep23('benchmark:record', dry.run_id)).code).to.equal(64)
    const lexical = JSON.parse((await ep23(...run, '-j', 'lexical')).stdout)
    expect((await ep23('benchmark:record', lexical.run_id)).stderr).to.include('no language model')
  })
})
