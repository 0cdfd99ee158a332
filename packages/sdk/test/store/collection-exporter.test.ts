import {expect} from 'chai'

import {collectionExporter} from '#src/store/collection-exporter.js'
import {Ep23Error} from '#src/command/errors.js'
import {memoryStore} from '@ep23/sdk/testing'
import {verbatim} from '#src/messages.js'

interface Note {
  id: string
  team: string
  at: Date
}

const notes = collectionExporter<Note>({
  name: 'notes',
  summary: 'Notes.',
  collection: 'notes',
  fields: {id: 'id', channel: 'team', created_at: 'at'},
  schema: async () => ({$id: 'urn:notes'}),
  prepare: async () => note => ({sample_id: note.id, channel: note.team, timestamp: note.at.toISOString()}),
})

async function filled() {
  const store = memoryStore()
  const note = (id: string, team: string, day: number): Note => ({id, team, at: new Date(Date.UTC(2024, 10, day))})
  await store
    .collection<Note>('notes')
    .upsertMany([note('3', '@b', 1), note('2', '@a', 2), note('1', '@a', 2), note('0', '@a', 1)], 'id')
  return store
}

const ids = async (...args: Parameters<typeof notes.records>): Promise<string> =>
  (await Array.fromAsync(notes.records(...args))).map(record => record.sample_id).join()

describe('an exporter of a collection', () => {
  it('streams by channel, time and id', async () => expect(await ids(await filled(), {})).to.equal('0,1,2,3'))

  it('chooses by time and channel, and counts what it will stream', async () => {
    const store = await filled()
    const query = {from: new Date('2024-11-02'), to: new Date('2024-11-03'), channels: ['@a']}
    expect(await ids(store, query)).to.equal('1,2')
    expect(await notes.count(store, query)).to.equal(2)
  })

  it('refuses to choose by what its documents do not have, instead of ignoring it', async () => {
    const store = await filled()
    for (const query of [{origin: 'telegram'}, {language: 'ru'}]) {
      const error = await notes.count(store, query).catch((thrown: unknown) => thrown)
      expect(error).to.include({code: 'USAGE'})
    }
  })

  it('reads also where it may make no index', async () => {
    const store = await filled()
    const readOnly = {
      ...store,
      collection: (name: string) => {
        const inner = store.collection<Note>(name)
        return {
          find: inner.find.bind(inner),
          countBy: inner.countBy.bind(inner),
          ensureIndex: async () => Promise.reject(new Ep23Error(verbatim('no'), {code: 'NOT_WRITABLE', exit: 77})),
        } as never
      },
    }
    expect(await ids(readOnly, {})).to.equal('0,1,2,3')
  })
})
