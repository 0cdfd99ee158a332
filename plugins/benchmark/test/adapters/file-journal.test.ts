import {expect} from 'chai'
import * as fc from 'fast-check'

import {JournalPlaces} from '#src/adapters/file-journal.js'

describe('places of a journal', () => {
  it('hold what a map would, in ascending order, wherever they lie', () => {
    const entry = fc.record({
      place: fc.integer({min: 0, max: 5000}),
      offset: fc.integer({min: 0, max: 2 ** 45}),
      bytes: fc.integer({min: 1, max: 2 ** 31 - 1}),
      retry: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(entry), entries => {
        const places = new JournalPlaces()
        const expected = new Map(entries.map(({place, ...rest}) => [place, rest]))
        for (const {place, ...rest} of entries) places.set(place, rest)
        expect(places.size).to.equal(expected.size)
        expect([...places]).to.deep.equal([...expected].sort(([a], [b]) => a - b).map(([, found]) => found))
        for (const [place, found] of expected) expect(places.get(place)).to.deep.equal(found)
        expect(places.get(6000)).to.equal(undefined)
      }),
    )
  })
})
