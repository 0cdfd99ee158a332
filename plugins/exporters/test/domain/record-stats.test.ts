import {expect} from 'chai'

import {hashing} from '#src/adapters/hashing.js'
import {RecordStats} from '#src/domain/record-stats.js'

const leaf = hashing.sha256('any')
const record = (channel: string, day: string, origin?: string) => ({
  channel,
  timestamp: `${day}T20:59:59.999Z`,
  sample_id: `${channel}:${day}`,
  ...(origin && {metadata: {origin}}),
})

describe('the record stats', () => {
  it('counts by channel and origin, names in order', () => {
    const stats = new RecordStats(hashing.sha256)
    stats.add(record('@b', '2024-11-04', 'telegram'), leaf)
    stats.add(record('@c', '2024-11-04', 'synthetic'), leaf)
    stats.add(record('@c', '2024-11-05'), leaf)
    expect(stats.counts).to.deep.equal({
      total: 3,
      by_channel: {'@b': 1, '@c': 2},
      by_origin: {synthetic: 1, telegram: 1, unknown: 1},
    })
  })

  it('objects to a record that comes after a later one, or twice', () => {
    const stats = new RecordStats(hashing.sha256)
    expect(stats.add(record('@a', '2024-11-05'), leaf)).to.equal(undefined)
    expect(stats.add(record('@a', '2024-11-04'), leaf)).to.match(/comes after @a:2024-11-05/u)
    expect(stats.add(record('@a', '2024-11-04'), leaf)).to.match(/comes after @a:2024-11-04.*once/u)
  })
})
