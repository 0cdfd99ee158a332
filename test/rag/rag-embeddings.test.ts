import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {answerTrigrams, EmbeddingsServer} from '../../plugins/rag/test/servers/embeddings-server.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const XQUAD = join(import.meta.dirname, '../../../shared/data/retrieval/xquad_ru/xquad.ru.subset.json')

describe('rag:evaluate and rag:tune with embeddings', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let server: EmbeddingsServer
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    folder.remove()
    await server?.stop()
  })

  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  async function run(...args: string[]): Promise<ReturnType<typeof JSON.parse>> {
    const {stdout, code} = await runEp23([...args, '--json'], {
      cwd: folder.path,
      env: {LLM_URL: await started, OPENAI_API_KEY: 'sk-test-key'},
    })
    const envelope = JSON.parse(stdout)
    if (envelope.data !== undefined) expect(problemsOfOutput(stdout)).to.deep.equal([])
    return {...envelope, code}
  }
  let started: Promise<string>
  function serve(...args: ConstructorParameters<typeof EmbeddingsServer>): void {
    server = new EmbeddingsServer(...args)
    started = server.start()
  }

  it('finds by vectors what shares no word, asks for each text once, and for changed ones only', async () => {
    serve()
    write('corpus.jsonl', '{"_id":"d1","text":"электропоезда"}\n{"_id":"d2","text":"погода"}\n{"_id":"d3","text":""}\n')
    write('queries.tsv', 'q1\tпоезд\nq2\tпогода\n')
    write('qrels.trec', 'q1 0 d1 1\nq2 0 d2 1\n')
    const files = [
      '--corpus',
      'corpus.jsonl',
      '--queries',
      'queries.tsv',
      '--qrels',
      'qrels.trec',
      '--measures',
      'RR@1',
    ]
    const evaluate = ['rag:evaluate', ...files]
    const words = await run(...evaluate)
    expect([words.data.embeddings, words.data.measures[0].mean]).to.deep.equal([null, 0.5])
    write('rag.yaml', 'retrieval:\n  score_threshold: 0.1\n')
    const both = await run(...evaluate, '--rag-config', 'rag.yaml', '--embeddings-model', 'trigrams')
    expect(both.data.measures[0].mean).to.equal(1)
    // Query and document "погода" are one text and one vector; the blank document has none.
    expect(both.data.embeddings).to.include({model: 'trigrams', dimensions: 512, computed: 3, reused: 0, requests: 1})
    expect(server.asked[0]).to.include({path: '/v1/embeddings', authorization: 'Bearer sk-test-key'})
    write('corpus.jsonl', '{"_id":"d1","text":"электропоезда"}\n{"_id":"d2","text":"погода в городе"}\n')
    const again = await run(
      ...evaluate,
      '--rag-config',
      'rag.yaml',
      '--embeddings-model',
      'trigrams',
      '--fusion',
      'rrf',
    )
    expect(again.data.embeddings).to.include({computed: 1, reused: 3})
    expect(again.data.config.settings).to.include({'retrieval.fusion.method': 'rrf'})
    expect(server.asked.at(-1)!.body.input).to.deep.equal(['погода в городе'])
  })

  it('ends without figures when a vector cannot be had', async () => {
    // One server all along: a model of one name elsewhere is another model, and nothing of it is reused.
    let isChanged = false
    serve((response, request, count) =>
      count === 1 || isChanged
        ? answerTrigrams(isChanged ? 16 : 512)(response, request, count)
        : response.writeHead(400).end('{"error": "bad batch"}'),
    )
    const args = ['rag:evaluate', '--squad', XQUAD, '--embeddings-model', 'm'] as const
    const failed = await run(...args)
    expect(failed).to.include({code: 64, status: 'error'})
    expect(failed).to.not.have.property('data')
    expect(failed.error).to.include({code: 'LLM_REQUEST_REFUSED'})
    isChanged = true
    const changed = await run(...args)
    expect(changed.code).to.equal(65)
    expect(changed.error.message).to.include('vectors of 512 and of 16 dimensions')
  })

  it('tunes fusion on one half of the questions, refuses knobs that would do nothing', async () => {
    serve()
    write(
      'rag.yaml',
      'retrieval:\n  score_threshold: 0\n  embeddings:\n    model: trigrams\n  fusion:\n    embeddings_weight: 1\n',
    )
    write('space.yaml', 'retrieval.fusion.method: [weighted]\nretrieval.fusion.embeddings_weight: [0.2, 1]\n')
    const tune = ['rag:tune', '--space', 'space.yaml', '--squad', XQUAD] as const
    const {data} = await run(...tune, '--rag-config', 'rag.yaml')
    expect(data.best).to.deep.equal({'retrieval.fusion.method': 'weighted', 'retrieval.fusion.embeddings_weight': 0.2})
    expect(data.front[0].gain.low).to.be.greaterThan(0.05)
    expect(server.asked).to.have.length(Math.ceil(851 / 32))
    const idle = await run(...tune, '--rag-config', 'off.yaml')
    expect(idle.code).to.equal(64)
    write('off.yaml', 'retrieval:\n  top_k: 5\n')
    expect((await run(...tune, '--rag-config', 'off.yaml')).error.message).to.include('space.yaml:1:1')
  })
})
