import {expect} from 'chai'

import {cannotRun, lineOf} from './helpers/live-test.ts'

describe('a live test that cannot run', () => {
  const before = process.env['CI']
  const hook = {
    skip(): never {
      throw new Error('skipped')
    },
  }
  afterEach(() => {
    if (before === undefined) delete process.env['CI']
    else process.env['CI'] = before
  })

  it('fails on CI, and says how to have it', () => {
    process.env['CI'] = 'true'
    expect(() => cannotRun(hook, 'moon landings', 'apt-get install moon')).to.throw(
      'live tests not run: moon landings; to have them: apt-get install moon',
    )
  })

  it('is named in one line with all others elsewhere, each remedy once', () => {
    const left = new Map([
      ['landings', 'apt-get install moon'],
      ['orbits', 'apt-get install moon'],
      ['comets', 'wait'],
    ])
    expect(lineOf(left)).to.equal(
      'live tests not run: landings, orbits, comets; to have them: apt-get install moon; wait',
    )
  })
})
