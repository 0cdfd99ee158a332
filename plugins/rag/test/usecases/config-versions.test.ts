import {expect} from 'chai'

import type {HistoryAction} from '#src/domain/config-history.js'
import {previousVersion} from '#src/usecases/config-versions.js'

/** `+B` wrote content B, `<A` brought A back. */
function before(steps: string): number {
  const entries = steps.split(' ').map(step => {
    const action: HistoryAction = step.startsWith('<') ? 'rollback' : 'set'
    return {action, content: step.slice(1)}
  })
  return previousVersion(entries)
}

describe('previousVersion', () => {
  it('is the one before the last change', () => {
    expect(before('+A +B')).to.equal(1)
    expect(before('+A +B +C')).to.equal(2)
    expect(before('+A +B +A'), 'set back by hand').to.equal(2)
  })

  it('goes further back after a rollback, instead of bringing back what was taken away', () => {
    expect(before('+A +B +C <B')).to.equal(1)
    expect(before('+A +B +C <B <A')).to.equal(0)
    expect(before('+A +B <A +C')).to.equal(3)
    expect(before('+A +B <A +C <A'), 'A stands again').to.equal(0)
  })

  it('is 0 when there is nothing before', () => {
    expect(before('+A')).to.equal(0)
    expect(before('+A <A')).to.equal(0)
    expect(previousVersion([])).to.equal(0)
  })
})
