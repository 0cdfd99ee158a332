import {shapeProblem} from '#src/shape.js'
import {expect} from 'chai'

const SHAPE = [
  ['day', 'text'],
  ['channels', 'object'],
  ['channels.*', 'object'],
  ['channels.*.scores', 'object|null'],
  ['channels.*.scores.*', 'number'],
  ['tags', 'list?'],
  ['tags.*', 'text'],
] as const

describe('the shape of a value out of JSON', () => {
  for (const [value, problem] of [
    [{day: 'x', channels: {}}, undefined],
    [{day: 'x', channels: {a: {scores: {b: 1}}, c: {scores: null}}, tags: ['t']}, undefined],
    [{day: 'x', channels: {}, tags: null}, 'its tags is no list'],
    [{day: 'x', channels: {a: {}}}, 'it has no channels.a.scores'],
    [null, 'it has no day'],
    [[], 'it has no day'],
    [{day: null, channels: {}}, 'its day is no text'],
    [{day: 'x'}, 'it has no channels'],
    [{day: 'x', channels: []}, 'its channels is no object'],
    [{day: 'x', channels: {a: 1}}, 'its channels.a is no object'],
    [{day: 'x', channels: {a: {scores: {b: '1'}}}}, 'its channels.a.scores.b is no number'],
    [{day: 'x', channels: {}, tags: ['t', 1]}, 'its tags.1 is no text'],
  ] as const)
    it(`${JSON.stringify(value)}: ${problem ?? 'nothing is wrong'}`, () =>
      expect(shapeProblem(value, SHAPE)).to.equal(problem))

  it('takes nothing that objects inherit for a part', () =>
    expect(shapeProblem({}, [['toString', 'text']])).to.equal('it has no toString'))
})
