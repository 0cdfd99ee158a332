import {expect} from 'chai'

import {binomialCdf} from '#src/distribution/binomial.js'
import {incompleteBeta} from '#src/distribution/incomplete-beta.js'
import {normalCdf, normalQuantile} from '#src/distribution/normal.js'
import {studentCdf, studentQuantile} from '#src/distribution/student-t.js'

import {expectClose, referenceValues} from '../reference.ts'

interface DistributionValues {
  normalCdf: [z: number, p: number][]
  normalQuantile: [p: number, z: number][]
  studentCdf: [t: number, df: number, p: number][]
  studentQuantile: [p: number, df: number, t: number][]
  binomialCdf: [k: number, n: number, p: number, cdf: number][]
}

describe('distributions', () => {
  const reference = referenceValues<DistributionValues>('distributions')

  it('equals scipy for the normal distribution, in the tails to nine digits too', () => {
    for (const [z, p] of reference.normalCdf) expect(normalCdf(z) / p, `Φ(${z})`).to.be.closeTo(1, 1e-9)
    for (const [p, z] of reference.normalQuantile) expectClose(normalQuantile(p), z, `z(${p})`)
  })

  it("equals scipy for Student's t, with broken degrees of freedom too", () => {
    for (const [t, df, p] of reference.studentCdf) expectClose(studentCdf(t, df), p, `t = ${t}, df = ${df}`)
    for (const [p, df, t] of reference.studentQuantile) expectClose(studentQuantile(p, df), t, `p = ${p}, df = ${df}`)
  })

  it('equals scipy for the binomial distribution', () => {
    for (const [k, n, p, cdf] of reference.binomialCdf) expectClose(binomialCdf(k, n, p), cdf, `${k} of ${n} at ${p}`)
  })

  it('ends at 0 and 1', () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).to.deep.equal([0, 1])
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5)]).to.deep.equal([0, 1])
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).to.deep.equal([0, 1])
  })

  it('refuses a probability that is none', () => {
    for (const p of [0, 1, -0.1, NaN]) {
      expect(() => normalQuantile(p)).to.throw(RangeError, /p is/)
      expect(() => studentQuantile(p, 3)).to.throw(RangeError, /p is/)
    }
  })
})
