import {expect} from 'chai'
import * as fc from 'fast-check'
import {parse, parseDocument, type Scalar} from 'yaml'

import {CONFIG_KEYS, type ConfigValue} from '#src/domain/config-keys.js'
import {readConfigYaml} from '#src/domain/config-yaml.js'
import {editConfigYaml} from '#src/domain/edit-config-yaml.js'

import {configTexts, type GeneratedConfig, settableValues} from './config-texts.ts'

/** More of them by hand: EP23_PROPERTY_RUNS=10000. */
const numRuns = Number(process.env['EP23_PROPERTY_RUNS'] ?? 300)

const edit = (text: string, path: string, value: ConfigValue) =>
  editConfigYaml(readConfigYaml('rag.yaml', text), path, value).text

const commentsOf = (text: string): string[] => text.match(/# note \d+ [^\r\n]*/gu) ?? []
const anchorsOf = (text: string): string[] => text.match(/[&*]a\d+/gu) ?? []

describe('editConfigYaml', () => {
  it('changes nothing but the characters of the value', () => {
    const text =
      "retrieval:   # here\r\n    top_k:  &k   5     # five\r\n    score_threshold: 0.30\r\nreranker: {strategy: 'off' , seed: *k}\r\n"
    expect(edit(text, 'retrieval.top_k', 12)).to.equal(text.replace('&k   5', '&k   12'))
    expect(edit(text, 'reranker.strategy', 'llm')).to.equal(text.replace("'off'", "'llm'"))
    expect(edit(text, 'retrieval.score_threshold', 0.5)).to.equal(text.replace('0.30', '0.5'))
  })

  it('quotes words that YAML 1.1 would take for true or false', () => {
    const text = 'reranker:\n  strategy: llm\n'
    expect(edit(text, 'reranker.strategy', 'off')).to.equal('reranker:\n  strategy: "off"\n')
    expect(edit(text, 'reranker.strategy', 'cross_encoder')).to.equal('reranker:\n  strategy: cross_encoder\n')
  })

  it('puts a new section at the end, and a new key into its section', () => {
    const text = '# top\nretrieval:\n  top_k: 5 # five\n\n# end\n'
    expect(edit(text, 'feature_flags.enable_rag_plus_plus', true)).to.equal(
      `${text}\nfeature_flags:\n  enable_rag_plus_plus: true\n`,
    )
    const added = edit(text, 'retrieval.score_threshold', 0.1)
    expect(parse(added)).to.deep.equal({retrieval: {top_k: 5, score_threshold: 0.1}})
    expect(added).to.include('# top').and.include('# five').and.include('# end')
  })

  it('changes all keys that share a value through an anchor, and frees one that was an alias', () => {
    const text = 'retrieval:\n  top_k: &k 5 # five\n  vector_search_headroom_multiplier: *k\n'
    expect(edit(text, 'retrieval.top_k', 6)).to.equal(text.replace('5 #', '6 #'))
    const freed = edit(text, 'retrieval.vector_search_headroom_multiplier', 3)
    expect(parse(freed)).to.deep.equal({retrieval: {top_k: 5, vector_search_headroom_multiplier: 3}})
    expect(freed).to.include('&k 5 # five')
  })

  it('refuses an unknown key and a value that the key does not take', () => {
    expect(() => edit('retrieval:\n  top_k: 5\n', 'retrieval.topk', 1)).to.throw('there is no key retrieval.topk')
    expect(() => edit('retrieval:\n  top_k: 5\n', 'retrieval.top_k', 'many')).to.throw('must be a whole number')
  })

  it(`keeps comments, order, anchors, quoting and all other characters, and reads back, in ${numRuns} hostile files`, function () {
    this.timeout(120_000)
    fc.assert(
      fc.property(
        configTexts,
        fc.constantFrom(...CONFIG_KEYS).chain(key => fc.tuple(fc.constant(key.path), settableValues(key))),
        keepsEverything,
      ),
      {numRuns},
    )
  })
})

function keepsEverything({text, present}: GeneratedConfig, [path, value]: [string, ConfigValue]): void {
  const before = readConfigYaml('rag.yaml', text)
  const after = editConfigYaml(before, path, value)
  expect(parseDocument(after.text, {merge: true}).errors).to.deep.equal([])
  expect(after.values.get(path)).to.equal(value)
  for (const [key, kept] of before.values) if (key !== path) expect(after.values.get(key), key).to.equal(kept)
  expect(commentsOf(after.text)).to.deep.equal(commentsOf(text))
  expect([...after.values.keys()].filter(key => before.values.has(key))).to.deep.equal([...before.values.keys()])
  expect(anchorsOf(after.text)).to.deep.equal(anchorsOf(text))
  if (present.includes(path)) expectOneSplice(text, after.text, path, value)
}

/** All that stands before and after the value is the same, character by character, and a text keeps its kind of quotes. */
function expectOneSplice(before: string, after: string, path: string, value: ConfigValue): void {
  const [old, written] = [before, after].map(
    text => parseDocument(text, {merge: true}).getIn(path.split('.'), true) as Scalar.Parsed,
  )
  expect(after.slice(0, written!.range[0])).to.equal(before.slice(0, old!.range[0]))
  expect(after.slice(written!.range[1])).to.equal(before.slice(old!.range[1]))
  const isPrintable = !/[^\x20-\x7e\u00a0-\ud7ff]/u.test(String(value))
  if (typeof value === 'string' && old!.type !== 'PLAIN' && isPrintable) expect(written!.type).to.equal(old!.type)
}
