import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {complete, reply, RerankServer} from '../../plugins/rag/test/servers/rerank-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

describe('rag:queries:build', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path})
  const asked = (LLM_URL: string, ...args: string[]) => runEp23(args, {cwd: folder.path, env: {LLM_URL}})
  const linesOf = (name: string) =>
    readFileSync(join(folder.path, name), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))

  it('takes candidates from the store, the same for the same seed, that rag:evaluate reads', async () => {
    await ep23('dataset:seed', '--quiet')
    const {code, stdout, stderr} = await ep23('rag:queries:build', '--output', 'q.jsonl', '--limit', '20', '--json')
    expect(code, stderr).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const candidates = linesOf('q.jsonl')
    expect(candidates).to.have.length(20)
    expect(new Set(candidates.map(({text}) => text)).size).to.equal(20)
    for (const {text, metadata} of candidates) {
      expect(text.split(' ').length).to.be.within(3, 20)
      expect(metadata.post).to.match(/^@\w+\/.+$/u)
    }
    for (let time = 0; time < 2; time += 1)
      expect((await ep23('rag:queries:build', '--output', 'again.jsonl', '--limit', '20')).code).to.equal(0)
    expect(linesOf('again.jsonl')).to.deep.equal(candidates)
    await ep23('rag:queries:build', '--output', 'other.jsonl', '--limit', '20', '--seed', '5')
    expect(linesOf('other.jsonl')).to.not.deep.equal(candidates)

    const {writeFile} = await import('node:fs/promises')
    const qrels = candidates.map(({_id, metadata}) => `${_id} 0 ${metadata.post} 1`).join('\n')
    await writeFile(join(folder.path, 'known.trec'), qrels)
    const evaluated = await ep23(
      'rag:evaluate',
      '--queries',
      'q.jsonl',
      '--qrels',
      'known.trec',
      '--measures',
      'Success@10',
      '--json',
    )
    expect(JSON.parse(evaluated.stdout).data.measures[0].mean).to.be.greaterThan(0.8)
    expect(JSON.parse(evaluated.stdout).warnings).to.deep.equal([])
  })

  it('adds queries of a model, each once and marked as such, and counts the answers that are no use', async () => {
    await ep23('dataset:seed', '--quiet')
    const server = new RerankServer((response, {body}, count) => {
      if (count % 5 === 0) return reply(response, 200, {choices: [{message: {refusal: 'нет'}}]})
      if (count % 5 === 1) return complete(response, {queries: []})
      const post = /<пост>\n(.*)/u.exec(body.messages![1]!.content)![1]!.toLowerCase()
      return complete(response, {
        queries: ['что нового в городе', `подробности: ${post.split(' ').slice(0, 5).join(' ')}`],
      })
    })
    const url = `${await server.start()}/v1`
    const args = ['rag:queries:build', '--output', 'q.jsonl', '--limit', '10', '--model', 'm1', '--temperature', '0.2']
    const {code, stdout, stderr} = await asked(url, ...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {from_titles, by_model} = JSON.parse(stdout).data
    const lines = linesOf('q.jsonl')
    const byModel = lines.filter(({metadata}) => metadata.origin === 'model')
    expect([from_titles, by_model.candidates, byModel.length, lines.length]).to.deep.equal([10, 10, 10, 20])
    expect(new Set(byModel.map(({text}) => text)).size).to.equal(10)
    expect(byModel[0].metadata).to.include({model: 'm1', prompt: by_model.prompt}).and.to.have.property('post')
    expect(by_model.duplicates).to.be.greaterThan(3)
    expect(by_model.unusable.refused).to.be.greaterThan(0)
    expect(by_model.unusable.empty).to.be.greaterThan(0)
    expect(by_model.asked).to.equal(server.asked.length)
    const [first, second] = server.asked.map(({body}) => body)
    expect(first).to.include({model: 'm1', temperature: 0.2, seed: 23})
    expect(second).to.include({seed: 24})

    const none = await asked(url, ...args, '--no-titles', '--seed', '1')
    await server.stop()
    expect(none.code).to.equal(0)
    expect(linesOf('q.jsonl').map(({metadata}) => metadata.origin))
      .to.include('model')
      .and.not.include('title')
    expect((await asked(url, ...args)).code).to.equal(69)
    expect((await ep23('rag:queries:build', '-o', 'x.jsonl', '--no-titles')).code).to.equal(64)
  })

  it('says what to do when the store is empty', async () => {
    const {code, stderr} = await ep23('rag:queries:build', '--output', 'q.jsonl')
    expect(code).to.equal(65)
    expect(stderr).to.include('ep23 dataset:seed')
  })
})
