import assert from 'node:assert/strict'
import {test} from 'node:test'

import {fakeRuntime} from '@ep23/sdk/testing'

import TeamGreet from '../commands/team/greet.js'

test('greets each channel once', async () => {
  const runtime = fakeRuntime()
  await runtime.store.collection('digests').upsertMany([{digest_id: '@habr:2024-11-04', channel: '@habr'}], 'digest_id')
  const command = new TeamGreet([], {bin: 'ep23'})
  command.runtime = runtime
  const {data} = await command.execute()
  assert.deepEqual(data.channels, ['@habr'])
  assert.deepEqual(runtime.recorded.metrics, [{name: 'team_greetings_total', labels: {channel: '@habr'}, value: 1}])
  assert.deepEqual(runtime.recorded.steps, ['Find channels', 'Greet'])
})
