import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const XQUAD = join(import.meta.dirname, '../../../shared/data/retrieval/xquad_ru/xquad.ru.subset.json')

describe('rag:evaluate', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path})
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  async function dataOf(...args: string[]): Promise<ReturnType<typeof JSON.parse>> {
    const {code, stdout, stderr} = await ep23(...args, '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }

  it('reaches an nDCG@10 of 0.955 on Russian questions, with an interval, and writes a run that trec_eval reads', async () => {
    const {measures, queries, ties, run_files} = await dataOf('rag:evaluate', '--squad', XQUAD, '--output', 'bm25.run')
    const [ndcg] = measures
    expect(queries).to.deep.equal({evaluated: 612, without_judgements: 0, missing_from_run: 0})
    expect(ndcg.measure).to.equal('nDCG@10')
    expect(ndcg.mean).to.be.at.least(0.955)
    expect(ndcg.interval.low).to.be.lessThan(ndcg.mean).and.greaterThan(0.9)
    expect(ties.documents).to.be.within(0, 1)
    expect(run_files).to.deep.equal(['bm25.run'])
    expect(readFileSync(join(folder.path, 'bm25.run'), 'utf8').split('\n')[0]).to.match(
      /^\w+ Q0 \d+\.\d+ 1 [\d.]+ ep23$/u,
    )
  })

  it('gives BM25 a variance ratio of 0 over three runs, because nothing in it is random', async () => {
    const {repeatability} = await dataOf('rag:evaluate', '--squad', XQUAD, '--runs', '3', '--measures', 'nDCG@10')
    expect(repeatability.rbo).to.be.closeTo(1, 1e-12)
    expect(repeatability.variance_ratio.ratio).to.include({estimate: 0, low: 0, high: 0})
  })

  it('says what a variance ratio needs, where each query finds a single document', async () => {
    write('corpus.jsonl', '{"_id":"d1","text":"Новая линия метро."}\n{"_id":"d2","text":"Погода"}\n')
    write('queries.jsonl', '{"_id":"q1","text":"линия метро"}\n{"_id":"q2","text":"погода"}\n')
    write('qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n')
    const args = ['rag:evaluate', '--corpus', '.', '--queries', 'queries.jsonl', '--qrels', 'qrels.tsv'] as const
    const {code, stdout} = await ep23(...args, '--runs', '3', '-q')
    expect(code, stdout).to.equal(0)
    expect(stdout.replaceAll(/\s+/gu, ' ')).to.include(
      'variance ratio unmeasured: needs two queries with two documents each, scored in three runs, and scores that differ',
    )
  })

  it('reads BEIR and TREC files, counts unanswered judged queries as 0 and leaves unjudged ones out', async () => {
    write('corpus.jsonl', '{"_id":"d1","title":"Поезда","text":"Новая линия метро."}\n{"_id":"d2","text":"Погода"}\n')
    write('queries.jsonl', '{"_id":"q1","text":"линия метро"}\n{"_id":"q2","text":"погода"}\n')
    write('qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq9\td2\t1\n')
    const beir = await dataOf('rag:evaluate', '--corpus', '.', '--queries', 'queries.jsonl', '--qrels', 'qrels.tsv')
    expect(beir.queries).to.deep.equal({evaluated: 2, without_judgements: 1, missing_from_run: 1})
    expect(beir.measures[0].mean).to.equal(0.5)
    write('queries.tsv', 'q1\tлиния метро\nq2\tпогода\n')
    write('qrels.trec', 'q1 0 d1 1\nq9 0 d2 1\n')
    const trec = await dataOf(
      'rag:evaluate',
      '--corpus',
      'corpus.jsonl',
      '--queries',
      'queries.tsv',
      '--qrels',
      'qrels.trec',
    )
    expect(trec.measures).to.deep.equal(beir.measures)
  })

  it('says of judged documents that the corpus lacks, and of queries without text, what they cost', async () => {
    write('corpus.jsonl', '{"_id":"d1","text":"Новая линия метро."}\n{"_id":"d2","text":"Погода"}\n')
    write('queries.jsonl', '{"_id":"q1","text":"линия метро"}\n')
    // dY was judged irrelevant: that it is missing costs nothing.
    write('qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\tdX\t2\nq1\tdY\t0\nq9\td2\t1\n')
    const args = ['rag:evaluate', '--corpus', '.', '--queries', 'queries.jsonl', '--qrels', 'qrels.tsv'] as const
    const {code, stdout} = await ep23(...args, '--measures', 'R@10', '--json')
    expect(code, stdout).to.equal(0)
    const told = [
      '1 relevant document is not in the corpus: recall cannot reach 1',
      '1 judged query has no text in the file of queries: it counts as 0',
    ]
    const {data, warnings} = JSON.parse(stdout)
    expect(warnings).to.deep.equal(told)
    expect(data.relevant).to.deep.equal({judged: 3, missing: 1})
    expect(data.measures[0].mean).to.equal(0.25)
    const text = (await ep23(...args)).stdout
    for (const sentence of told) expect(text).to.include(sentence)
    expect((await ep23(...args, '--max-missing', '0.3')).stderr).to.include('1 of 3 relevant documents')
  })

  it("searches the stored digests' posts, and keeps their index beside the store", async () => {
    await ep23('dataset:seed', '--quiet')
    write('queries.tsv', 'q1\tпогода в городе\n')
    write('qrels.trec', 'q1 0 nothing 1\n')
    const asked = ['rag:evaluate', '--queries', 'queries.tsv', '--qrels', 'qrels.trec'] as const
    const args = [...asked, '--max-missing', '1'] as const
    const first = await dataOf(...args)
    expect(first.corpus.documents).to.be.greaterThan(150)
    expect(first.index).to.include({unchanged: 0, removed: 0})
    expect(first.measures[0].interval).to.equal(null)
    const {stdout} = await ep23(...args, '--json')
    expect(JSON.parse(stdout).warnings[0]).to.equal('1 relevant document is not in the corpus: recall cannot reach 1')
    const saved = join(folder.path, '.ep23/store.sqlite.bm25-ru.idx')
    const {mtimeNs} = statSync(saved, {bigint: true})
    const again = await dataOf(...args)
    expect(again.index).to.include({analysed: 0, unchanged: first.index.analysed, removed: 0})
    expect(statSync(saved, {bigint: true}).mtimeNs).to.equal(mtimeNs)
    const refused = await ep23(...asked)
    expect(refused.code).to.equal(65)
    expect(refused.stderr).to.include('1 of 1 relevant documents are not in the corpus').and.include('--max-missing')
    await ep23('dataset:purge', '--channel', '@habr', '--yes')
    expect((await dataOf(...args)).index)
      .to.include({analysed: 0})
      .and.property('removed')
      .greaterThan(0)
    writeFileSync(saved, 'damaged')
    expect((await dataOf(...args)).index).to.include({unchanged: 0})
  })

  it('takes a retrieval configuration after --rag-config, or after --config', async () => {
    write('try.yaml', 'retrieval:\n  top_k: 3\n  bm25:\n    k1: 1.2\n')
    for (const flag of ['--rag-config', '--config']) {
      const {config} = await dataOf('rag:evaluate', '--squad', XQUAD, flag, 'try.yaml', '--measures', 'RR')
      expect(config.path, flag).to.equal(join(folder.path, 'try.yaml'))
      expect(config.settings).to.include({'retrieval.top_k': 3, 'retrieval.bm25.k1': 1.2, 'retrieval.bm25.b': 0.75})
    }
  })

  for (const [what, args, code, sentence] of [
    ['no queries', [], 64, '--squad FILE'],
    ['a missing file', ['--squad', 'nowhere.json'], 64, 'nowhere.json'],
    ['an unknown measure', ['--squad', XQUAD, '--measures', 'nDGC@10'], 64, 'nDGC@10'],
    ['queries beside --squad', ['--squad', XQUAD, '--queries', 'q.tsv'], 64, 'leave out'],
    ['a bad qrels line', ['--queries', 'q.tsv', '--qrels', 'bad.trec'], 65, 'bad.trec:1'],
    ['an empty store', ['--queries', 'q.tsv', '--qrels', 'good.trec'], 65, 'ep23 dataset:seed'],
    [
      'judgements of other queries',
      ['--queries', 'q.tsv', '--qrels', 'other.trec', '--corpus', 'c.jsonl'],
      65,
      'no query id appears in the judgements',
    ],
    ['a config in conflict', ['--squad', XQUAD, '--rag-config', 'conflict.yaml'], 65, 'conflict.yaml:3:1'],
  ] as const)
    it(`exits ${code} for ${what}, and says what to do`, async () => {
      write('q.tsv', 'q1\tметро\n')
      write('bad.trec', 'q1 0 d1\n')
      write('good.trec', 'q1 0 d1 1\n')
      write('other.trec', 'q7 0 d1 1\n')
      write('c.jsonl', '{"_id":"d1","text":"метро"}\n')
      write('conflict.yaml', 'retrieval:\n  top_k: 3\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n')
      const ended = await ep23('rag:evaluate', '--quiet', ...args)
      expect(ended.code, ended.stderr).to.equal(code)
      expect(ended.stderr).to.include(sentence).and.not.include('    at ')
      expect(existsSync(join(folder.path, 'bm25.run'))).to.equal(false)
    })
})
