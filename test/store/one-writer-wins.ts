import type {Store} from '@ep23/sdk'
import {expect} from 'chai'

/** Of several writers that have read the same version one wins; the others are told, so that they read again. */
export async function oneWriterWins(store: Store): Promise<void> {
  const things = {collection: 'things', key: 'id'}
  const old = {id: 'a', text: 'old'}
  await store.collection<{id: string}>('things').upsertMany([old], 'id')
  const rivals = Array.from({length: 8}, (_, n) => ({...things, before: old, after: {id: 'a', n}}))
  const results = await Promise.all(rivals.map(change => store.exchange([change])))
  const winners = results.flatMap((stale, n) => (stale.length === 0 ? [n] : []))
  expect(winners).to.have.length(1)
  expect(await Array.fromAsync(store.collection('things').find())).to.deep.equal([{id: 'a', n: winners[0]}])
}
