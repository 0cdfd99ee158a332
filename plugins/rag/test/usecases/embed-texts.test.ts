import {expect} from 'chai'
import {fakeRuntime} from '@ep23/sdk/testing'

import {storedVectors} from '#src/adapters/embeddings.js'
import {embedTexts} from '#src/usecases/embed-texts.js'

/** Vectors whose first number is the text's length; remembers its requests. */
function countingEmbedder(dimensions = 3) {
  const requests: string[][] = []
  return {
    requests,
    model: 'm',
    server: 'http://one/v1',
    async embed(texts: readonly string[]) {
      requests.push([...texts])
      return texts.map(text => Float32Array.from({length: dimensions}, (_, i) => text.length + i / 3))
    },
  }
}

describe('embedTexts', () => {
  const {store} = fakeRuntime()
  let cache: ReturnType<typeof storedVectors>
  beforeEach(async () => {
    await store.collection('ep23_embeddings').deleteMany({})
    cache = storedVectors(store)
  })

  const embed = (
    embedder: ReturnType<typeof countingEmbedder>,
    texts: string[],
    {fresh = false, signal = new AbortController().signal} = {},
  ) => embedTexts({embedder, cache, signal, onProgress: () => undefined}, texts, {batchSize: 2, fresh})

  it('asks once for each text, in batches, and never for a blank one', async () => {
    const embedder = countingEmbedder()
    const {vectors, computed, reused} = await embed(embedder, ['a', 'bb', 'a', '', ' \n', 'ccc'])
    expect(embedder.requests).to.deep.equal([['a', 'bb'], ['ccc']])
    expect([...vectors.keys()]).to.deep.equal(['a', 'bb', 'ccc'])
    expect({computed, reused}).to.deep.equal({computed: 3, reused: 0})
  })

  it('asks only for what is new, by server, model and text, and gives back the very numbers', async () => {
    const before = await embed(countingEmbedder(), ['a', 'bb'])
    const embedder = countingEmbedder()
    const {vectors, computed, reused} = await embed(embedder, ['a', 'ccc', 'bb'])
    expect(embedder.requests).to.deep.equal([['ccc']])
    expect({computed, reused}).to.deep.equal({computed: 1, reused: 2})
    expect(vectors.get('bb')).to.deep.equal(before.vectors.get('bb'))
    const other = {...countingEmbedder(), model: 'other'}
    expect((await embed(other, ['a'])).computed).to.equal(1)
    const elsewhere = {...countingEmbedder(), server: 'http://one/other/v1'}
    expect((await embed(elsewhere, ['a'])).computed).to.equal(1)
  })

  it('keeps each batch as it comes, so that an interrupted run goes on', async () => {
    const controller = new AbortController()
    const counting = countingEmbedder()
    const embedder = {
      ...counting,
      embed(texts: readonly string[]) {
        controller.abort(new Error('stop'))
        return counting.embed(texts)
      },
    }
    const stopped = await embed(embedder, ['a', 'bb', 'ccc'], {signal: controller.signal}).catch(error => error)
    expect(stopped.message).to.equal('stop')
    expect((await embed(countingEmbedder(), ['a', 'bb', 'ccc'])).reused).to.equal(2)
  })

  it('refuses vectors of another length than the kept ones, until all are asked for again', async () => {
    await embed(countingEmbedder(3), ['a'])
    const refused = await embed(countingEmbedder(4), ['a', 'bb']).catch(error => error)
    expect(refused).to.include({code: 'RAG_EMBEDDING_BAD', exit: 65})
    expect(refused.suggestions[0]).to.include('--fresh-embeddings')
    expect((await embed(countingEmbedder(4), ['a', 'bb'], {fresh: true})).computed).to.equal(2)
    expect((await embed(countingEmbedder(4), ['a', 'bb'])).reused).to.equal(2)
  })
})
