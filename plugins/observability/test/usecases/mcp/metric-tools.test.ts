import {POLICY_RULES} from '@ep23/sdk'
import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {metricTools} from '#src/usecases/mcp/metric-tools.js'

describe('the tool that explains findings of the policy', () => {
  it('knows what every rule demands', () => {
    const tools = metricTools(fakeRuntime()).filter(({name}) => name === 'explain_policy_finding')
    const known = tools.flatMap(({inputSchema}) => (inputSchema.properties['rule'] as {enum: string[]}).enum)
    expect(known).to.include.members([...POLICY_RULES])
  })
})
