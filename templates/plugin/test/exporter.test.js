import assert from 'node:assert/strict'
import {test} from 'node:test'

import {memoryStore} from '@ep23/sdk/testing'

import {lengthsExporter} from '../exporter.js'

test('exports one record a digest', async () => {
  const store = memoryStore()
  const digest = {digest_id: '@habr:2024-11-04', channel: '@habr', summary_markdown: 'Кратко'}
  await store.collection('digests').upsertMany([{...digest, created_at: new Date('2024-11-04T20:00:00Z')}], 'digest_id')
  assert.deepEqual(await Array.fromAsync(lengthsExporter.records(store, {})), [
    {sample_id: '@habr:2024-11-04', channel: '@habr', timestamp: '2024-11-04T20:00:00.000Z', characters: 6},
  ])
  assert.equal(await lengthsExporter.count(store, {channels: ['@proglib']}), 0)
})
