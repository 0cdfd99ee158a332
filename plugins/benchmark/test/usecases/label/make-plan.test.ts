import {seededRandom} from '@ep23/statistics'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {hashText} from '#src/adapters/sha256.js'
import {drawPlaces, poolEstimate, probabilities} from '#src/usecases/label/draw-items.js'
import {type Candidate, makePlan, type PlanOptions} from '#src/usecases/label/make-plan.js'

const POOL: Candidate[] = Array.from({length: 200}, (_, i) => ({
  source: `@habr:${i % 40}`,
  posts: [`Пост ${i}.`],
  uncertainty: i < 40 ? 0.2 : 0.02,
  texts: ['a', 'b'].map(side => ({
    run_id: `run-${side}`,
    writer: `writer-${side}`,
    sample_id: `s${i}`,
    text: `${side} ${i}`,
  })),
}))

const OPTIONS: PlanOptions = {
  name: 'p',
  mode: 'pair',
  seed: 7,
  size: 100,
  overlap: 0.5,
  warmUp: 10,
  raters: ['anna', 'boris'],
  scores: [],
  sampling: 'uniform',
  runs: {},
}
const make = (changes: Partial<PlanOptions> = {}) => makePlan(POOL, {...OPTIONS, ...changes}, hashText)

describe('a plan', () => {
  it('is the same for the same seed, another for another', () => {
    expect(make()).to.deep.equal(make())
    expect(make({seed: 8}).plan.items).to.not.deep.equal(make().plan.items)
  })

  it('gives each rater an order of their own, with a tenth again at least 20 items later', () => {
    const {plan} = make()
    const [anna = [], boris = []] = Object.values(plan.raters)
    expect(anna.map(({item}) => item).slice(10)).to.not.deep.equal(boris.map(({item}) => item).slice(10))
    for (const showings of [anna, boris]) {
      const repeats = showings.filter(({pass}) => pass === 2)
      // 45 shared and a half of the other 45, without the warm-up.
      expect(repeats).to.have.length.within(6, 7)
      for (const repeat of repeats) {
        const [first = -1, second = -1] = showings.flatMap(({item}, at) => (item === repeat.item ? [at] : []))
        expect(second - first).to.be.at.least(20)
        expect(showings[first]?.first).to.equal(1 - repeat.first)
      }
    }
  })

  it('shows each writer first as often as the other, for any seed', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 1e6}), seed => {
        const {plan, key} = make({seed})
        for (const showings of Object.values(plan.raters)) {
          const writers = showings
            .filter(({pass}) => pass === 1)
            .map(({item, first}) => key.items[item]?.texts[first]?.writer)
          const firsts = writers.filter(writer => writer === 'writer-a').length
          expect(Math.abs(2 * firsts - writers.length)).to.be.at.most(1)
        }
      }),
      {numRuns: 50},
    )
  })

  it('shares the warm-up and the overlap, and deals out the rest', () => {
    const {plan} = make()
    const [anna, boris] = Object.values(plan.raters).map(showings => new Set(showings.map(({item}) => item)))
    const shared = [...(anna ?? [])].filter(item => boris?.has(item))
    expect(shared).to.have.length(10 + 45)
    expect(new Set([...(anna ?? []), ...(boris ?? [])]).size).to.equal(100)
    expect(plan.items.filter(({warm_up}) => warm_up)).to.have.length(10)
  })

  it('says nowhere but in the key whose the items are', () => {
    const {key, plan, items} = make()
    expect(JSON.stringify(key)).to.include('writer-a').and.include('run-b')
    expect(JSON.stringify([plan, items])).to.not.match(/writer-|run-/u)
    // Nor by the side they stand on.
    const left = Object.values(key.items).filter(({texts}) => texts[0]?.writer === 'writer-a').length
    expect(left).to.be.within(30, 70)
  })

  it('keeps the days of a split together', () => {
    const {plan, key} = make()
    const splits = Map.groupBy(plan.items, ({item}) => key.items[item]?.source)
    for (const own of splits.values()) expect(new Set(own.map(({split}) => split)).size).to.equal(1)
  })
})

describe('probabilities of items', () => {
  it('sum up to the size, lie in 0 … 1, and grow with uncertainty', () => {
    const drawable = fc.record({uncertainty: fc.option(fc.double({min: 0, max: 1, noNaN: true}), {nil: undefined})})
    fc.assert(
      fc.property(fc.array(drawable, {minLength: 1, maxLength: 60}), fc.integer({min: 1, max: 80}), (pool, size) => {
        const chances = probabilities(pool, size, 'uncertain')
        expect(chances.reduce((sum, chance) => sum + chance, 0)).to.be.closeTo(Math.min(size, pool.length), 1e-9)
        for (const chance of chances) expect(chance).to.be.within(0, 1 + 1e-12)
        expect(drawPlaces(chances, seededRandom(1))).to.have.length(Math.min(size, pool.length))
      }),
    )
    const chances = probabilities(POOL, 50, 'uncertain')
    expect(chances[0]).to.be.above(2 * (chances[199] ?? 1))
  })

  it('are those by which places are drawn', () => {
    const chances = probabilities(POOL, 50, 'uncertain')
    const counts = chances.map(() => 0)
    const runs = 2000
    for (let seed = 0; seed < runs; seed++)
      for (const place of drawPlaces(chances, seededRandom(seed))) counts[place] = (counts[place] ?? 0) + 1
    for (const [place, chance] of chances.entries())
      expect((counts[place] ?? 0) / runs).to.be.closeTo(chance, 4.5 * Math.sqrt((chance * (1 - chance)) / runs))
  })

  it('make 1/π sum up to the size of the pool, within three standard errors', () => {
    const chances = probabilities(POOL, 50, 'uncertain')
    const drawn = Array.from({length: 400}, (_, seed) =>
      poolEstimate(drawPlaces(chances, seededRandom(seed)).map(place => chances[place] ?? 1)),
    )
    const sums = drawn.map(({size}) => size)
    const mean = sums.reduce((sum, each) => sum + each, 0) / sums.length
    const deviation = Math.sqrt(sums.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sums.length - 1))
    expect(mean).to.be.closeTo(POOL.length, (3 * deviation) / Math.sqrt(sums.length))
    for (const {standard_error: error} of drawn) expect(error).to.be.closeTo(deviation, 0.25 * deviation)
    const far = drawn.filter(({size, standard_error: error}) => Math.abs(size - POOL.length) > 3 * error)
    expect(far.length).to.be.at.most(4)
    const alike = poolEstimate(probabilities(POOL, 50, 'uniform').slice(0, 50))
    expect(alike.size).to.be.closeTo(POOL.length, 1e-9)
    expect(alike.standard_error).to.be.closeTo(0, 1e-9)
  })
})
