import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

describe('rag:queries:build', function () {
  this.timeout(30_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path})
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
    await ep23('rag:queries:build', '--output', 'again.jsonl', '--limit', '20')
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

  it('says what to do when the store is empty', async () => {
    const {code, stderr} = await ep23('rag:queries:build', '--output', 'q.jsonl')
    expect(code).to.equal(65)
    expect(stderr).to.include('ep23 dataset:seed')
  })
})
