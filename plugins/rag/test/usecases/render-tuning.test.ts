import {expect} from 'chai'

import {renderTuning} from '#src/usecases/render-tuning.js'

import {tuningResult} from './tuning-results.ts'
import {plainText} from '@ep23/sdk/testing'

describe('renderTuning', () => {
  const lastLine = (low: number): string => {
    const result = tuningResult()
    const [best] = result.front
    const text = renderTuning({...result, front: [{...best, gain: {...best.gain, estimate: low + 0.1, low}}]})
    return plainText(text).at(-1) ?? ''
  }

  it('proposes a promotion when the whole interval of the gain is above zero', () =>
    expect(lastLine(0.01)).to.equal('promote the first: ep23 rag:promote /tune/<monday> --why REASON'))

  for (const low of [-0.0015, 0])
    it(`proposes none when the interval begins at ${low}`, () =>
      expect(lastLine(low)).to.include('nothing to promote').and.not.include('rag:promote'))

  it('proposes none for a setting that gains nothing, whatever its interval', () => {
    const result = tuningResult()
    const [best] = result.front
    const front: typeof result.front = [{...best, gain: {...best.gain, estimate: 0, low: 0.01}}]
    expect(renderTuning({...result, front}).at(-1)).to.include('nothing to promote')
  })

  it('says how many relevant documents the corpus lacks, and nothing where it lacks none', () => {
    const shown = (missing: number) =>
      plainText(renderTuning(tuningResult({}, {relevant: {judged: 8, missing}}))).join('\n')
    expect(shown(3)).to.include('3 of 8 relevant documents are not in the corpus')
    expect(shown(0)).not.to.include('not in the corpus')
  })

  it('prints the latency with its name and unit', () =>
    expect(plainText(renderTuning(tuningResult())).join('\n')).to.match(/latency [\d.]+ ms/u))
})
