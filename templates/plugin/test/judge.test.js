import assert from 'node:assert/strict'
import {test} from 'node:test'

import {brevityJudge} from '../judge.js'

test('calls a text of half the length half as brief', async () => {
  const judge = await brevityJudge.open({section: {longest: 100}})
  const {scores} = await judge.judge({summary_markdown: 'я'.repeat(50)})
  assert.deepEqual(scores, {brevity: {value: 0.5}})
})
