import {expect} from 'chai'

import {renderTuning} from '#src/usecases/render-tuning.js'

import {tuningResult} from './tuning-results.ts'

describe('renderTuning', () => {
  const lastLine = (low: number): string => {
    const result = tuningResult()
    const [best] = result.front
    return renderTuning({...result, front: [{...best, gain: {...best.gain, estimate: low + 0.1, low}}]}).at(-1) ?? ''
  }

  it('proposes a promotion when the whole interval of the gain is above zero', () =>
    expect(lastLine(0.01)).to.equal('promote the first: ep23 rag:promote /tune/<monday> --why REASON'))

  for (const low of [-0.0015, 0])
    it(`proposes none when the interval begins at ${low}`, () =>
      expect(lastLine(low)).to.include('nothing to promote').and.not.include('rag:promote'))
})
