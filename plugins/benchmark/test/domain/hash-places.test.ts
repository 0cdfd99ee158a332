import {expect} from 'chai'
import * as fc from 'fast-check'

import {sha256} from '#src/adapters/sha256.js'
import {HashPlaces} from '#src/domain/hash-places.js'

describe('places of names', () => {
  it('are those of a Map, past several growths', () => {
    const name = fc.oneof(fc.nat(4000).map(String), fc.string())
    fc.assert(
      fc.property(fc.array(name, {minLength: 3000, maxLength: 5000, size: 'max'}), names => {
        const places = new HashPlaces(sha256)
        const known = new Map<string, number>()
        for (const each of names) {
          if (places.add(each) !== known.get(each)) return false
          if (!known.has(each)) known.set(each, known.size)
        }
        return places.size === known.size && [...known].every(([each, place]) => places.get(each) === place)
      }),
      {numRuns: 10},
    )
    expect(new HashPlaces(sha256).get('')).to.equal(undefined)
  })
})
