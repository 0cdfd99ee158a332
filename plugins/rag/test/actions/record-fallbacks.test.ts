import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {countFallbacks} from '#src/actions/record.js'

describe('countFallbacks', () => {
  it('counts each reason and logs what happened', () => {
    const runtime = fakeRuntime()
    countFallbacks(runtime)('timeout', 'no reply within 3 s')
    expect(runtime.recorded.metrics).to.deep.equal([
      {name: 'rag_fallback_reason_total', labels: {reason: 'timeout'}, value: 1},
    ])
    expect(runtime.recorded.lines[0]!.fields).to.include({reason: 'timeout', detail: 'no reply within 3 s'})
  })
})
