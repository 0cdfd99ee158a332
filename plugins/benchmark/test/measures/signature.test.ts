import {expect} from 'chai'

import {measureSignature, signatureDifferences} from '#src/measures/signature.js'

const TEXT = {tok: 'ru-1', yo: 'e', stem: 'sb3', case: 'lc'}

describe('measure signature', () => {
  it('reads as the specification shows it', () => {
    expect(measureSignature('rouge1', {...TEXT, agg: 'mean'})).to.equal(
      'rouge1|tok:ru-1|yo:e|stem:sb3|case:lc|agg:mean|v:1',
    )
  })

  it('does not depend on the order of the parts', () => {
    const turned = {agg: 'mean', case: 'lc', stem: 'sb3', yo: 'e', tok: 'ru-1'}
    expect(measureSignature('rouge1', turned)).to.equal(measureSignature('rouge1', {...TEXT, agg: 'mean'}))
  })

  it('holds the settings that belong to the measure', () => {
    const signature = measureSignature('chrf++', {case: 'mixed', agg: 'mean'})
    expect(signature).to.equal('chrf++|case:mixed|beta:2|eff:yes|nc:6|nw:2|space:no|agg:mean|v:1')
  })

  it('shows in which parts two numbers differ', () => {
    const [left, right] = [
      measureSignature('rouge1', {...TEXT, agg: 'mean'}),
      measureSignature('rouge1', {...TEXT, tok: 'ru-2'}),
    ]
    expect(signatureDifferences(left, right)).to.deep.equal([
      {part: 'tok', left: 'ru-1', right: 'ru-2'},
      {part: 'agg', left: 'mean', right: undefined},
    ])
    expect(signatureDifferences(left, left)).to.deep.equal([])
    expect(signatureDifferences('rouge1|v:1', 'rouge2|v:1')).to.deep.equal([
      {part: 'measure', left: 'rouge1', right: 'rouge2'},
    ])
  })

  it('refuses to let the caller change what the measure fixes', () => {
    expect(() => measureSignature('chrf++', {nc: 4})).to.throw(RangeError, /parts.nc is fixed by chrf/)
    expect(() => measureSignature('rouge1', {v: 2})).to.throw(RangeError, /parts.v/)
  })

  it('refuses parts that could not be told apart again', () => {
    expect(() => measureSignature('rouge1', {tok: 'a|b'})).to.throw(RangeError, /tok:a\|b/)
    expect(() => measureSignature('rouge1', {tok: ''})).to.throw(RangeError, /tok:/)
  })
})
