import {expect} from 'chai'

import {auditFindings} from '#src/usecases/audit-report.js'
import {sourceWarnings} from '#src/usecases/render-seed.js'
import {SharedPostTally} from '#src/usecases/shared-posts.js'

const news = (n: number): string => `Мост номер ${n} через реку открыли после двух лет ремонта и проверки`

function tallyOf(channels: Record<string, string[]>): SharedPostTally {
  const tally = new SharedPostTally()
  for (const [channel, texts] of Object.entries(channels)) for (const text of texts) tally.add(channel, text)
  return tally
}

describe('SharedPostTally', () => {
  it('counts by pair what several channels have, whatever their marks and spaces are', () => {
    const tally = tallyOf({
      '@a': [news(1), news(2), news(3), news(4)],
      '@b': [`**${news(1)}**`, `${news(2)}  `, 'Доброе утро!'],
      '@c': [news(1), news(1), news(9)],
    })
    expect(tally.pairs()).to.deep.equal([
      {channels: ['@a', '@b'], posts: 2, share: 1},
      {channels: ['@a', '@c'], posts: 1, share: 0.5},
      {channels: ['@b', '@c'], posts: 1, share: 0.5},
    ])
  })

  it('finds nothing in greetings, nor in what one channel repeats', () => {
    expect(tallyOf({'@a': ['Доброе утро!', news(1), news(1)], '@b': ['Доброе утро!']}).pairs()).to.deep.equal([])
  })

  it('is a finding: one to know of, or beyond a fifth of a channel one that fails', () => {
    const policy = {channels: 0, days: 30, minimum: 30}
    const levels = [0.05, 0.5].map(share => auditFindings([], [{channels: ['@a', '@b'], posts: 3, share}], policy)[0])
    expect(levels.map(finding => [finding?.rule, finding?.level])).to.deep.equal([
      ['shared_posts', 'warn'],
      ['shared_posts', 'fail'],
    ])
    expect(levels[0]?.detail).to.match(/^@a and @b share 3 posts, 5 % of the smaller channel/u)
  })

  it('is a warning of seed from a twentieth of the smaller channel; the audit tells of single reposts, too', () => {
    const single = {channels: ['@a', '@b'] as [string, string], posts: 1, share: 0.002}
    const below = {...single, posts: 49, share: 0.049}
    const many = {...single, posts: 50, share: 0.05}
    expect(sourceWarnings({channels: [], sharedPosts: [single, below, many]})).to.deep.equal([
      '@a and @b share 50 posts, 5 % of the smaller channel: their scores are not independent',
    ])
    expect(auditFindings([], [single], {channels: 0, days: 30, minimum: 30}).map(({detail}) => detail)).to.deep.equal([
      '@a and @b share 1 post, less than 1 % of the smaller channel: their scores are not independent',
    ])
  })
})
