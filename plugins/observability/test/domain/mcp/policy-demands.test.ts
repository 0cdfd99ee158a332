import {POLICY_DEMANDS} from '#src/domain/mcp/policy-demands.js'
import {POLICY_RULES} from '@ep23/sdk'
import {expect} from 'chai'

describe('what the rules of the observability policy demand', () => {
  it('is said of every rule', () => {
    expect(POLICY_DEMANDS).to.include.keys([...POLICY_RULES])
  })
})
