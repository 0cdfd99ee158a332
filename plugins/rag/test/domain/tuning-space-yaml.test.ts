import {expect} from 'chai'

import {readTuningSpace} from '#src/domain/tuning-space-yaml.js'

describe('readTuningSpace', () => {
  it('reads lists and ranges', () => {
    const text =
      'retrieval.top_k: [5, 10]\nretrieval.bm25.b: {min: 0, max: 0.3, steps: 4}\nreranker.strategy: [off, llm]\n'
    expect(readTuningSpace('s.yaml', text)).to.deep.equal([
      {path: 'retrieval.top_k', values: [5, 10]},
      {path: 'retrieval.bm25.b', values: [0, 0.1, 0.2, 0.3]},
      {path: 'reranker.strategy', values: ['off', 'llm']},
    ])
  })

  for (const [text, message] of [
    ['retrieval.topk: [5]\n', 's.yaml:1:1: unknown key retrieval.topk'],
    [
      '# note\nfeature_flags.enable_rag_plus_plus: [true]\n',
      's.yaml:2:1: feature_flags.enable_rag_plus_plus is not tuned',
    ],
    ['retrieval.score_threshold: [0.1]\n', 's.yaml:1:1: retrieval.score_threshold changes nothing while posts'],
    ['retrieval.top_k: [5]\nretrieval.fusion.rrf_k: [10]\n', 's.yaml:2:1: retrieval.fusion.rrf_k changes nothing'],
    ['retrieval.top_k: [5, many]\n', 'cannot be "many"'],
    ['retrieval.top_k: 5\n', 'needs a list of values'],
    ['retrieval.top_k: {min: 9, max: 1, steps: 3}\n', 'needs a list of values'],
    ['', 's.yaml:1:1: a space holds keys'],
  ] as const)
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => readTuningSpace('s.yaml', text)).to.throw(message)
    })
})
