import {expect} from 'chai'

import type {QueryFlags} from '#src/flags.js'
import {resolveQuery} from '#src/usecases/resolve-query.js'

const snapshot = {from: '2024-11-04', to: '2024-12-03', days: 30, time_zone: 'Europe/Moscow'}
const now = new Date('2026-01-15T22:30:00Z')
const resolve = (flags: Partial<QueryFlags>, seeded: typeof snapshot | undefined = snapshot) =>
  resolveQuery({language: 'any', origin: 'any', ...flags}, {snapshot: seeded, now})

describe('the query of an export', () => {
  it('takes the window that was seeded last, to the moment', () => {
    const {facts, query} = resolve({})
    expect(facts.window).to.deep.equal({...snapshot, source: 'snapshot'})
    expect(query).to.deep.equal({
      from: new Date('2024-11-03T21:00:00.000Z'),
      to: new Date('2024-12-03T21:00:00.000Z'),
    })
  })

  it('takes all days when nothing was seeded, or when asked to', () => {
    expect(resolveQuery({language: 'any', origin: 'any'}, {snapshot: undefined, now}).facts.window).to.equal(null)
    expect(resolve({window: 'all'}).facts.window).to.equal(null)
  })

  it('counts a window back from --until, else from the last day seeded, else from today in the zone', () => {
    expect(resolve({window: '7d', until: '2024-11-20'}).facts.window).to.include({from: '2024-11-14', to: '2024-11-20'})
    expect(resolve({window: '7d'}).facts.window).to.include({from: '2024-11-27', to: '2024-12-03', source: 'flags'})
    const today = resolveQuery({window: '1d', language: 'any', origin: 'any'}, {snapshot: undefined, now})
    expect(today.facts.window).to.include({from: '2026-01-16', to: '2026-01-16', time_zone: 'Europe/Moscow'})
  })

  it('takes both ends of --from and --until, in the zone named', () => {
    const {facts, query} = resolve({from: '2024-11-10', until: '2024-11-11', 'time-zone': 'Asia/Yekaterinburg'})
    expect(facts.window).to.include({days: 2, time_zone: 'Asia/Yekaterinburg'})
    expect(query.from).to.deep.equal(new Date('2024-11-09T19:00:00Z'))
    expect(query.to).to.deep.equal(new Date('2024-11-11T19:00:00Z'))
  })

  it('takes the window that was seeded last in the zone named', () => {
    const {facts, query} = resolve({'time-zone': 'Asia/Yekaterinburg'})
    expect(facts.window).to.deep.equal({...snapshot, time_zone: 'Asia/Yekaterinburg', source: 'flags'})
    expect(query.from).to.deep.equal(new Date('2024-11-03T19:00:00Z'))
    expect(resolve({'time-zone': 'Europe/Moscow'}).facts.window).to.include({source: 'snapshot'})
  })

  it('reads channels as they are written anywhere, each once', () => {
    const {facts, query} = resolve({channel: ['Habr', 't.me/habr', '@proglib']})
    expect(facts.channels).to.deep.equal(['@habr', '@proglib'])
    expect(query.channels).to.deep.equal(['@habr', '@proglib'])
  })

  it('narrows by nothing that is "any"', () => {
    expect(resolve({window: 'all'}).query).to.deep.equal({})
    expect(resolve({window: 'all', language: 'ru', origin: 'synthetic'}).query).to.deep.equal({
      language: 'ru',
      origin: 'synthetic',
    })
  })

  for (const [flags, problem] of [
    [{window: '7d', from: '2024-11-01'}, /exclude each other/u],
    [{window: 'all', until: '2024-11-01'}, /exclude each other/u],
    [{until: '2024-11-01'}, /needs a beginning/u],
    [{from: '2024-11-02', until: '2024-11-01'}, /before it begins/u],
    [{window: '30'}, /not a valid window/u],
    [{window: '0d'}, /not a valid window/u],
    [{window: '7d', 'time-zone': 'Europe/Moskva'}, /time zone/u],
    [{window: 'all', 'time-zone': 'Msk'}, /time zone/u],
    [{'time-zone': 'Msk'}, /time zone/u],
  ] as const)
    it(`refuses ${JSON.stringify(flags)}`, () => {
      expect(() => resolve(flags))
        .to.throw(problem)
        .with.property('exit', 64)
    })
})
