import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import * as fc from 'fast-check'
import {parse} from 'yaml'

import {type Canary, canaryOf} from '#src/domain/canary.js'
import {readConfigYaml} from '#src/domain/config-yaml.js'
import {withCanary} from '#src/domain/edit-config-yaml.js'

import {configTexts} from './config-texts.ts'

const SHIPPED = readFileSync(join(import.meta.dirname, '../../../../config/retrieval_rerank_config.yaml'), 'utf8')
const CANARY: Canary = {
  percent: 5,
  setting: {'retrieval.top_k': 20, 'retrieval.bm25.k1': 1.2, 'reranker.strategy': 'off', 'reranker.llm.model': 'м: 7б'},
}
const RUNS = Number(process.env['EP23_PROPERTY_RUNS'] ?? 300)

const read = (text: string) => readConfigYaml('c.yaml', text)
const withoutCanary = (values: ReadonlyMap<string, unknown>) =>
  [...values].filter(([key]) => !key.startsWith('canary.'))

describe('withCanary', () => {
  it('adds a section and touches nothing that stands in the file', () => {
    const {text, values} = withCanary(read(SHIPPED), CANARY)
    expect(text.startsWith(SHIPPED)).to.equal(true)
    expect(canaryOf(values)).to.deep.equal(CANARY)
    expect(withoutCanary(values)).to.deep.equal([...read(SHIPPED).values])
  })

  it('reads in YAML 1.1, as the team’s Python does, with the other keys as they were', () => {
    const {canary, ...others} = parse(withCanary(read(SHIPPED), CANARY).text, {version: '1.1'})
    expect(others).to.deep.equal(parse(SHIPPED, {version: '1.1'}))
    expect(canary).to.deep.equal({
      percent: 5,
      retrieval: {top_k: 20, bm25: {k1: 1.2}},
      reranker: {strategy: 'off', llm: {model: 'м: 7б'}},
    })
  })

  it('changes only the number when the same setting is widened', () => {
    const first = withCanary(read(SHIPPED), CANARY)
    const text = first.text.replace('percent: 5', 'percent: 5 # careful')
    const widened = withCanary(read(text), {...CANARY, percent: 20})
    expect(widened.text).to.equal(text.replace('percent: 5', 'percent: 20'))
  })

  it('replaces another setting whole, and leaves nothing behind when it ends', () => {
    const first = withCanary(read(SHIPPED), CANARY)
    const other: Canary = {percent: 1, setting: {'retrieval.bm25.b': 0}}
    expect(canaryOf(withCanary(first, other).values)).to.deep.equal(other)
    expect(withCanary(withCanary(first, other), null).text).to.equal(SHIPPED)
    expect(withCanary(read(SHIPPED), null).text).to.equal(SHIPPED)
  })

  it('keeps what stands after the section', () => {
    const text = 'canary: # now\n  percent: 5\n  retrieval: {top_k: 3} # more\n# of the owner\nretrieval:\n  top_k: 1\n'
    expect(withCanary(read(text), null).text).to.equal('# of the owner\nretrieval:\n  top_k: 1\n')
    const inOneLine = 'retrieval:\n  top_k: 1\ncanary: {percent: 5, retrieval: {top_k: 3}}\n'
    expect(withCanary(read(inOneLine), null).text).to.equal('retrieval:\n  top_k: 1\n')
    expect(withCanary(read('{retrieval: {top_k: 1}, canary: {percent: 5}}'), null).values.size).to.equal(1)
  })

  it('refuses a share of nobody or everybody, one without a number, and values that the keys do not take', () => {
    for (const section of [
      '{percent: 0}',
      '{percent: 100}',
      '{percent: 5.5}',
      '{}',
      '{retrieval: {top_k: 5}}',
      '{percent: 5, retrieval: {top_k: many}}',
      '{percent: 5, feature_flags: {enable_rag_plus_plus: true}}',
      '{percent: 5, owner: {public_key: null}}',
      '5',
    ])
      expect(() => read(`canary: ${section}\n`), section).to.throw(/c\.yaml:1:/u)
  })

  it(`starts and ends on hostile files without changing them (${RUNS} here)`, () => {
    fc.assert(
      fc.property(configTexts, fc.integer({min: 1, max: 99}), ({text}, percent) => {
        const before = read(text)
        const started = withCanary(before, {...CANARY, percent})
        expect(canaryOf(started.values)).to.deep.equal({...CANARY, percent})
        expect(withoutCanary(started.values)).to.deep.equal(withoutCanary(before.values))
        const ended = withCanary(started, null)
        expect([...ended.values]).to.deep.equal(withoutCanary(before.values))
        expect(ended.text.trimEnd()).to.equal(text.trimEnd())
      }),
      {numRuns: RUNS},
    )
  })
})
