import {expect} from 'chai'

import {valueOf} from '#src/domain/config-keys.js'
import {readConfigYaml} from '#src/domain/config-yaml.js'

const refusal = (text: string): string => {
  try {
    readConfigYaml('rag.yaml', text)
  } catch (error) {
    return (error as Error).message
  }
  return expect.fail('it was not refused')
}

describe('readConfigYaml', () => {
  it('reads the values that the file has and gives defaults for the others', () => {
    const {values} = readConfigYaml('rag.yaml', 'retrieval:\n  top_k: 7\nreranker:\n  strategy: "off"\n  seed: null\n')
    expect(Object.fromEntries(values)).to.deep.equal({
      'retrieval.top_k': 7,
      'reranker.strategy': 'off',
      'reranker.seed': null,
    })
    expect(valueOf(values, 'retrieval.score_threshold')).to.equal(0.3)
    expect(valueOf(values, 'reranker.seed')).to.equal(null)
  })

  it('follows anchors, aliases and merge keys', () => {
    const {values} = readConfigYaml('rag.yaml', 'retrieval: {top_k: &k 8, vector_search_headroom_multiplier: *k}\n')
    expect(values.get('retrieval.vector_search_headroom_multiplier')).to.equal(8)
  })

  for (const [what, text, place] of [
    ['a conflict marker', 'retrieval:\n  top_k: 1\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n', 'rag.yaml:3:1: a marker'],
    ['the end of a conflict', 'retrieval:\n  top_k: 1\n>>>>>>> theirs\n', 'rag.yaml:3:1: a marker'],
    ['an unknown key', 'retrieval:\n  topk: 1\n', 'rag.yaml:2:3: unknown key retrieval.topk'],
    ['an unknown section', 'retrieval:\n  top_k: 1\nextra:\n  a: 1\n', 'rag.yaml:3:1: unknown key extra'],
    ['a key twice', 'retrieval:\n  top_k: 1\n  top_k: 2\n', 'rag.yaml:3:3: '],
    [
      'a value out of bounds',
      'retrieval:\n  top_k: 0\n',
      'rag.yaml:2:10: retrieval.top_k is 0, but must be a whole number',
    ],
    [
      'a bare off that YAML 1.1 calls false',
      'reranker:\n  strategy: false\n',
      'rag.yaml:2:13: reranker.strategy is false',
    ],
    ['a list for a section', 'retrieval: [1]\n', 'rag.yaml:1:12: retrieval must hold keys'],
    ['a section for a value', 'retrieval:\n  top_k: {a: 1}\n', 'rag.yaml:2:10: retrieval.top_k is a list or section'],
    ['bad indentation', 'retrieval:\n  top_k: 1\n bad: 2\n', 'rag.yaml:3:'],
    ['an unknown anchor', 'retrieval:\n  top_k: *nowhere\n', 'rag.yaml:2:10: '],
    ['an empty file', '', 'rag.yaml:1:1: the file must hold'],
  ] as const)
    it(`refuses ${what} with line and column`, () => {
      expect(refusal(text)).to.include(place)
    })
})
