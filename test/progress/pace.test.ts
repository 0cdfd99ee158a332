import {describePace, describeResult, formatDuration} from '#src/progress/pace.js'
import {expect} from 'chai'

describe('pace of a step', () => {
  it('tells how much, how fast and how long it will take', () => {
    const state = {done: 12_345, total: 50_000, unit: 'posts', note: 'habr.json'}
    expect(describePace(state, 3, 'en')).to.equal('12,345/50,000 posts, 4,115/s, 9.2 s left, habr.json')
  })

  it('speaks Russian', () => {
    const state = {done: 12_345, total: 50_000, unit: 'постов'}
    expect(describePace(state, 3, 'ru').replaceAll('\u00A0', ' ')).to.equal(
      '12 345/50 000 постов, 4 115/с, осталось 9,2 с',
    )
  })

  it('leaves out what is not known', () => {
    expect(describePace({}, 10, 'en')).to.equal('')
    expect(describePace({note: 'waiting'}, 10, 'en')).to.equal('waiting')
    expect(describePace({done: 30, unit: 'files'}, 10, 'en')).to.equal('30 files, 3/s')
    expect(describePace({done: 0, total: 5}, 10, 'en')).to.equal('0/5')
    expect(describePace({done: 5, total: 5, unit: 'files'}, 10, 'en')).to.equal('5/5 files, 0.5/s')
  })

  it('tells no rate in the first second', () => {
    expect(describePace({done: 1000, total: 2000}, 0.5, 'en')).to.equal('1,000/2,000')
  })

  it('ends with the result', () => {
    expect(describeResult({done: 150, total: 150, unit: 'digests', note: '3 gaps'}, 'en')).to.equal(
      '150/150 digests, 3 gaps',
    )
    expect(describeResult({}, 'en')).to.equal('')
  })

  it('writes durations as people say them', () => {
    const written = [0, 0.04, 0.44, 9.94, 9.95, 59.4, 59.6, 185, 3599.6, 7620].map(seconds =>
      formatDuration(seconds, 'en'),
    )
    expect(written).to.deep.equal([
      '0 s',
      '0 s',
      '0.4 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 00 s',
      '3 min 05 s',
      '1 h 00 min',
      '2 h 07 min',
    ])
    expect(formatDuration(185, 'ru')).to.equal('3 мин 05 с')
    expect(formatDuration(0.44, 'ru')).to.equal('0,4 с')
  })
})
