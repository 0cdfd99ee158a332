import {expect} from 'chai'

import {clustersOf, SharedNewsTally} from '#src/domain/shared-news.js'

/** Lines long enough to be news, different for each number. */
const news = (from: number, to: number): string =>
  Array.from(
    {length: to - from},
    (_, i) => `Новость ${from + i}: в городе открыли выставку, посвящённую истории метро и трамваев`,
  ).join('\n')

describe('news that channels share', () => {
  it('is told with its share of the smaller channel, in the order of names', () => {
    const tally = new SharedNewsTally()
    tally.add('@b', news(0, 100))
    tally.add('@a', news(70, 110))
    tally.add('@c', news(500, 600))
    expect(tally.pairs()).to.deep.equal([{channels: ['@a', '@b'], lines: 30, share: 0.75}])
  })

  it('is not what every channel writes: greetings and footers are short', () => {
    const tally = new SharedNewsTally()
    for (const channel of ['@a', '@b']) tally.add(channel, 'Подписывайтесь на наш канал!\nДоброе утро')
    expect(tally.pairs()).to.deep.equal([])
  })

  it('is estimated for channels of any size, in bounded memory', () => {
    const tally = new SharedNewsTally()
    for (let day = 0; day < 200; day += 1) {
      tally.add('@a', news(1000 * day, 1000 * day + 1000))
      tally.add('@b', news(1000 * day + 700, 1000 * day + 1700))
    }
    const [pair] = tally.pairs()
    // Twice as many lines as are kept. Of @b's 200,000 different lines all but the last 700 are @a's.
    expect(pair?.share).to.be.closeTo(0.993, 0.02)
  })

  it('is found among thousands of channels without looking at every pair of them', () => {
    const tally = new SharedNewsTally()
    for (let channel = 0; channel < 4000; channel += 1) tally.add(`@${channel}`, news(10 * channel, 10 * channel + 10))
    tally.add('@twin', news(0, 10))
    for (let channel = 0; channel < 60; channel += 1) tally.add(`@repost${channel}`, news(900_000, 900_010))
    const pairs = tally.pairs()
    expect(pairs).to.deep.include({channels: ['@0', '@twin'], lines: 10, share: 1})
    expect(pairs).to.have.length(60)
    expect(new Set(Array.from({length: 60}, (_, i) => clustersOf(pairs)(`@repost${i}`))).size).to.equal(1)
  })

  it('makes one cluster of channels from a fifth on, over any number of them, and none below', () => {
    const pair = (a: string, b: string, share: number) => ({channels: [a, b] as const, lines: 9, share})
    const clusterOf = clustersOf([pair('@a', '@b', 0.3), pair('@b', '@c', 0.2), pair('@c', '@d', 0.19)])
    expect(['@a', '@b', '@c', '@d', '@e'].map(clusterOf)).to.deep.equal(['@a', '@a', '@a', '@d', '@e'])
  })
})
