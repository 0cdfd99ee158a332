import {nearest} from '#src/nearest.js'
import {expect} from 'chai'

const COMMANDS = ['dataset:seed', 'dataset:audit', 'doctor', 'benchmark:run', 'rag:tune']

describe('what somebody may have meant', () => {
  for (const [typed, meant] of [
    ['dataset:sed', ['dataset:seed', 'dataset:audit']],
    ['dcotor', ['doctor']],
    ['DOCTOR', ['doctor']],
    ['вщсещк', ['doctor']],
    ['кфпЖегту', ['rag:tune']],
    ['quite-another-thing', []],
    ['', []],
  ] as const)
    it(`finds ${JSON.stringify(meant)} for ${JSON.stringify(typed)}`, () =>
      expect(nearest(typed, COMMANDS)).to.deep.equal(meant))

  it('counts two swapped letters as one mistake, and gives the nearest first, at most as many as asked for', () => {
    expect(nearest('abdc', ['abcd', 'abdx', 'xbdc'], 2)).to.deep.equal(['abcd', 'abdx'])
  })
})
