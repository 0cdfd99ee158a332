import {expect} from 'chai'
import {readFileSync} from 'node:fs'

import * as fc from 'fast-check'

import {parseMeasure, printMeasure} from '#src/formats/measure-notation.js'
import {evaluateRun} from '#src/measures/ranking/evaluate-run.js'
import type {Qrels, Run} from '#src/measures/ranking/judgements.js'

import {naiveMeasures} from './naive-measures.ts'

type Table = Record<string, Record<string, number>>

function qrelsOf(table: Table): Qrels {
  return new Map(Object.entries(table).map(([query, judged]) => [query, new Map(Object.entries(judged))]))
}

function runOf(table: Table): Run {
  return new Map(
    Object.entries(table).map(([query, scores]) => [query, Object.entries(scores).map(([id, score]) => ({id, score}))]),
  )
}

function mean(measure: string, qrels: Table, run: Table): number {
  return evaluateRun(qrelsOf(qrels), runOf(run), [parseMeasure(measure)]).means[0]!
}

describe('evaluateRun', () => {
  it('computes nDCG with linear gain and the ideal of all judged documents', () => {
    const [qrels, run] = [{q3: {a: 3, b: 1}}, {q3: {b: 0.9, a: 0.8, c: 0.7}}]
    expect(mean('nDCG@1', qrels, run)).to.be.closeTo(0.3333, 0.00005)
    expect(mean('nDCG@3', qrels, run)).to.be.closeTo(0.7967, 0.00005)
    expect(mean('nDCG@2', {q: {a: 2, x: 3}}, {q: {a: 1}})).to.be.closeTo(2 / (3 + 2 / Math.log2(3)), 1e-12)
  })

  it('takes tied documents by id, descending', () => {
    const [qrels, run] = [{q1: {d3: 1}}, {q1: {d1: 1, d2: 1, d3: 1}}]
    expect(mean('AP', qrels, run)).to.equal(1)
    expect(mean('nDCG', qrels, run)).to.equal(1)
    expect(mean('AP', {q1: {d1: 1}}, run)).to.be.closeTo(1 / 3, 1e-12)
  })

  it('compares tied ids as UTF-8 bytes, not as UTF-16 and not as a dictionary', () => {
    expect(mean('RR', {q: {'😀': 1}}, {q: {'😀': 1, '～': 1}})).to.equal(1)
    expect(mean('RR', {q: {я: 1}}, {q: {я: 1, Z: 1, ё: 1}})).to.equal(1 / 2)
    expect(mean('RR', {q: {a: 1}}, {q: {a: 1, B: 1}})).to.equal(1)
  })

  it('tells scores apart that 32-bit numbers would tie', () => {
    expect(mean('AP', {q: {a: 1}}, {q: {a: 0.123456789, b: 0.123456788}})).to.equal(1)
  })

  it('counts queries that the run lacks and queries without a relevant document as 0', () => {
    const qrels = {found: {a: 1}, lacking: {a: 1}, barren: {a: 0}}
    const evaluation = evaluateRun(qrelsOf(qrels), runOf({found: {a: 1}, barren: {a: 1}, foreign: {a: 1}}), [
      parseMeasure('nDCG@10'),
    ])
    expect(evaluation.means[0]).to.be.closeTo(1 / 3, 1e-12)
    expect(evaluation.queries).to.deep.equal(['found', 'lacking', 'barren'])
    expect([...evaluation.values[0]!]).to.deep.equal([1, 0, 0])
    expect(evaluation.missing).to.deep.equal(['lacking'])
    expect(evaluation.unjudged).to.deep.equal(['foreign'])
  })

  it('refuses to average over no queries', () => {
    expect(() => evaluateRun(new Map(), new Map(), [])).to.throw(RangeError, 'nothing to measure')
  })

  it('divides as each measure says when fewer documents are retrieved than asked for', () => {
    const [qrels, run] = [{q: {a: 1, b: 1, c: 0}}, {q: {a: 3, c: 2, x: 1}}]
    expect(mean('P@10', qrels, run)).to.equal(0.1)
    expect(mean('R@10', qrels, run)).to.equal(1 / 2)
    expect(mean('R@1', qrels, run)).to.equal(1 / 2)
    expect(mean('R_cap@1', qrels, run)).to.equal(1)
    expect(mean('Judged@10', qrels, run)).to.be.closeTo(2 / 3, 1e-12)
    expect(mean('AP', qrels, run)).to.equal(1 / 2)
  })

  it('has no cut-off in RR unless one is asked for', () => {
    const run = {q: Object.fromEntries(Array.from({length: 50}, (_, i) => [`d${i}`, -i]))}
    expect(mean('RR', {q: {d40: 1}}, run)).to.equal(1 / 41)
    expect(mean('RR@10', {q: {d40: 1}}, run)).to.equal(0)
    expect(mean('RR@41', {q: {d40: 1}}, run)).to.equal(1 / 41)
  })

  it('weighs ranks by persistence in RBP', () => {
    const [qrels, run] = [{q: {a: 1, c: 2}}, {q: {a: 3, b: 2, c: 1}}]
    expect(mean('RBP', qrels, run)).to.be.closeTo(0.1 * (1 + 0.81), 1e-12)
    expect(mean('RBP(p=0.5)', qrels, run)).to.be.closeTo(0.5 * (1 + 0.25), 1e-12)
    expect(mean('RBP(rel=2,p=0.5)@3', qrels, run)).to.be.closeTo(0.5 * 0.25, 1e-12)
  })

  it('gains 2^relevance − 1 in the form of Burges', () => {
    const value = mean("nDCG(dcg='exp-log2')@10", {q: {a: 1, b: 2}}, {q: {a: 2, b: 1}})
    expect(value).to.be.closeTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 1e-12)
  })

  it('gains nothing for negative judgements, and does not take them for unjudged', () => {
    expect(mean('nDCG@10', {q: {a: -1, b: 1}}, {q: {a: 2, b: 1}})).to.be.closeTo(1 / Math.log2(3), 1e-12)
    expect(mean('Judged@1', {q: {a: -1}}, {q: {a: 2}})).to.equal(1)
  })

  it('agrees with the C code of trec_eval in 500 random cases, half of them with ties', () => {
    const {measures, cases} = JSON.parse(
      readFileSync(new URL('../fixtures/trec-eval.json', import.meta.url), 'utf8'),
    ) as {measures: string[]; cases: {qrels: Table[string]; run: Table[string]; values: (number | null)[]}[]}
    const parsed = measures.map(parseMeasure)
    expect(parsed.map(printMeasure)).to.deep.equal(measures)
    expect(cases).to.have.length(500)
    for (const {qrels, run, values} of cases) {
      const {means} = evaluateRun(qrelsOf({q: qrels}), runOf({q: run}), parsed)
      for (const [i, value] of values.entries()) {
        if (value !== null)
          expect(means[i], `${measures[i]} of ${JSON.stringify({qrels, run})}`).to.be.closeTo(value, 1e-11)
      }
    }
  })

  it('agrees with definitions written out naively in 500 random cases with ties', () => {
    const ids = fc.constantFrom('a', 'B', 'b', 'я', 'Я', 'ё', '～', '\uE000', '😀', '𝒜', 'd1', 'd10', 'd2')
    const table = (value: fc.Arbitrary<number>) => fc.dictionary(ids, value, {minKeys: 1, maxKeys: 13})
    const scores = fc.constantFrom(0, 0.5, 1, 1.5, -2)
    const notations = [
      'nDCG@1',
      'nDCG@5',
      'nDCG',
      'RR',
      'RR@3',
      'AP',
      'R@3',
      'R_cap@3',
      'P@5',
      'Success@2',
      'RBP(p=0.8)',
      'Judged@4',
    ]
    fc.assert(
      fc.property(table(fc.integer({min: -1, max: 3})), table(scores), (qrels, run) => {
        const {means} = evaluateRun(qrelsOf({q: qrels}), runOf({q: run}), notations.map(parseMeasure))
        const naive = naiveMeasures(qrels, run)
        for (const [i, notation] of notations.entries())
          expect(means[i], notation).to.be.closeTo(naive[notation]!, 1e-12)
      }),
      {numRuns: 500, seed: 7},
    )
  })
})
