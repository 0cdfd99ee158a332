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

describe('the record ledger', () => {
  it('counts by channel and origin, names in order', () => {
    const ledger = new RecordStats(hashing.sha256)
    ledger.add(record('@b', '2024-11-04', 'telegram'), leaf)
    ledger.add(record('@c', '2024-11-04', 'synthetic'), leaf)
    ledger.add(record('@c', '2024-11-05'), leaf)
    expect(ledger.counts).to.deep.equal({
      total: 3,
      by_channel: {'@b': 1, '@c': 2},
      by_origin: {synthetic: 1, telegram: 1, unknown: 1},
    })
  })

  it('objects to a record that stands behind a later one, or twice', () => {
    const ledger = new RecordStats(hashing.sha256)
    expect(ledger.add(record('@a', '2024-11-05'), leaf)).to.equal(undefined)
    expect(ledger.add(record('@a', '2024-11-04'), leaf)).to.match(/stands behind @a:2024-11-05/u)
    expect(ledger.add(record('@a', '2024-11-04'), leaf)).to.match(/stands behind @a:2024-11-04.*once/u)
  })
})
