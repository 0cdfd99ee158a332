import {expect} from 'chai'
import * as fc from 'fast-check'

import {parseMeasure, printMeasure} from '#src/formats/measure-notation.js'
import {MEASURES, type Measure, type MeasureName, PARAMETER_DEFAULTS} from '#src/measures/ranking/measure.js'

describe('parseMeasure', () => {
  it('reads the notation of ir_measures', () => {
    expect(parseMeasure('nDCG@10')).to.deep.equal({name: 'nDCG', cutoff: 10, ...PARAMETER_DEFAULTS})
    expect(parseMeasure('P(rel=2)@5')).to.include({name: 'P', cutoff: 5, rel: 2})
    expect(parseMeasure("nDCG(dcg='exp-log2')@3")).to.include({dcg: 'exp-log2'})
    expect(parseMeasure('nDCG(dcg="exp-log2")')).to.include({dcg: 'exp-log2'})
    expect(parseMeasure(' RBP( rel = 2, p = 0.5 ) ')).to.include({name: 'RBP', rel: 2, p: 0.5})
    expect(parseMeasure('AP')).not.to.have.property('cutoff')
  })

  it('knows the other names people use', () => {
    for (const [alias, name] of [
      ['MRR@10', 'RR@10'],
      ['MAP', 'AP'],
      ['NDCG@10', 'nDCG@10'],
      ['Recall@5', 'R@5'],
      ['Precision@5', 'P@5'],
    ] as const)
      expect(printMeasure(parseMeasure(alias))).to.equal(name)
  })

  it('says what is wrong and what it may be', () => {
    const bad: [string, string][] = [
      ['BLEU', '"BLEU" is not a retrieval measure'],
      ['toString@5', '"toString@5" is not a retrieval measure'],
      ['nDCG@', 'is not a retrieval measure'],
      ['P', '"P" needs a cut-off, for example P@10'],
      ['R_cap', 'R_cap@10'],
      ['nDCG@0', 'the cut-off is a whole number from 1'],
      ['nDCG(rel=2)@10', 'nDCG has the parameters dcg, not "rel"'],
      ['Judged(rel=2)@10', 'Judged has no parameters, not "rel"'],
      ['P(rel=high)@5', 'rel is a whole number, not "high"'],
      ['P(rel=2=3)@5', 'rel is a whole number, not "2=3"'],
      ['P(rel)@5', 'rel is a whole number, not ""'],
      ['RBP(p=1)', 'p is a number between 0 and 1, not "1"'],
      ['RBP(p=)', 'p is a number between 0 and 1, not ""'],
      ['nDCG(dcg=ln)@5', 'dcg is one of log2, exp-log2, not "ln"'],
    ]
    for (const [notation, message] of bad)
      expect(() => parseMeasure(notation), notation)
        .to.throw(message)
        .with.property('exit', 64)
  })
})

describe('printMeasure', () => {
  it('shows only what differs from the default, but always the p of RBP', () => {
    expect(
      ['nDCG(dcg=log2)@10', 'P(rel=1)@5', 'RBP', 'RBP(p=0.9,rel=2)'].map(parseMeasure).map(printMeasure),
    ).to.deep.equal(['nDCG@10', 'P@5', 'RBP(p=0.9)', 'RBP(rel=2,p=0.9)'])
  })

  it('is read back as the same measure', () => {
    const measure: fc.Arbitrary<Measure> = fc
      .record({
        name: fc.constantFrom(...(Object.keys(MEASURES) as MeasureName[])),
        cutoff: fc.integer({min: 1, max: 1000}),
        rel: fc.integer({min: -2, max: 4}),
        p: fc.double({min: 0.01, max: 0.99, noNaN: true}),
        dcg: fc.constantFrom('log2' as const, 'exp-log2' as const),
      })
      .map(({name, cutoff, ...parameters}) => {
        const own = MEASURES[name].parameters.map(parameter => [parameter, parameters[parameter]] as const)
        return {name, cutoff, ...PARAMETER_DEFAULTS, ...Object.fromEntries(own)}
      })
    fc.assert(
      fc.property(measure, measure => {
        expect(parseMeasure(printMeasure(measure))).to.deep.equal(measure)
      }),
      {numRuns: 200, seed: 1},
    )
  })
})
