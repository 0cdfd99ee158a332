import {SDK_VERSION} from '@ep23/sdk'
import {expect} from 'chai'

import {refuseOtherSdk} from '#src/contributions.js'

describe('the sdk of a plugin', () => {
  const asked = (sdkVersion: string) => () =>
    refuseOtherSdk({sdkVersion, command: 'team:greet', flags: {}, json: false})

  it('is taken in the host’s own series', () => {
    expect(asked(SDK_VERSION)).to.not.throw()
    expect(asked(SDK_VERSION.replace(/\d+$/u, '99'))).to.not.throw()
  })

  it('is refused before 1.0 with another minor version, and with another major one', () => {
    for (const other of ['0.9.0', '1.0.0']) expect(asked(other)).to.throw().with.property('code', 'SDK_VERSION')
  })
})
