import type {Digest} from '@ep23/plugin-dataset'
import type {Exporter, Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import type {QueryFlags} from '#src/flags.js'
import {digestsExporter, reviewReportsExporter} from '#src/usecases/built-in-exporters.js'
import {countLeftOut, describeLeftOut, readerOf} from '#src/usecases/count-left-out.js'
import {resolveQuery} from '#src/usecases/resolve-query.js'
import {changed, fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'

const resolve = (flags: Partial<QueryFlags> = {}) =>
  resolveQuery({language: 'any', origin: 'any', window: 'all', ...flags}, {snapshot: undefined, now: new Date()})

const count = (exporter: Exporter, store: Store, resolved: ReturnType<typeof resolve>) =>
  countLeftOut(exporter.name, readerOf(exporter, store, resolved.query), resolved)

describe('the built-in exporters', () => {
  const ids = async (flags: Partial<QueryFlags>, digests = sampleDigests()): Promise<string[]> => {
    const store = memoryStore()
    await fill(store, [...digests].reverse())
    const records = await Array.fromAsync(digestsExporter.records(store, resolve(flags).query))
    return records.map(({sample_id}) => sample_id)
  }

  it('stream records by channel, timestamp and id, however they were stored', async () => {
    expect(await ids({})).to.deep.equal(sampleDigests().map(({digest_id}) => digest_id))
  })

  it('choose by window, channel, origin and language', async () => {
    expect(
      await ids({window: undefined, from: '2024-11-05', until: '2024-11-06', channel: ['alpha_news']}),
    ).to.deep.equal(['@alpha_news:2024-11-05', '@alpha_news:2024-11-06'])
    expect(await ids({origin: 'synthetic', channel: ['beta_news']})).to.deep.equal([
      '@beta_news:2024-11-04',
      '@beta_news:2024-11-07',
    ])
    const tags = ['ru', 'ru-RU', 'en', 'rus', 'ru-Latn']
    const mixed = sampleDigests({channels: ['@alpha_news'], spoil: (d, n) => changed(d, {language: tags[n]})})
    expect(await ids({language: 'ru'}, mixed)).to.deep.equal([
      '@alpha_news:2024-11-04',
      '@alpha_news:2024-11-05',
      '@alpha_news:2024-11-08',
    ])
  })

  it('put the last millisecond of a local day into that day', async () => {
    expect(await ids({window: undefined, from: '2024-11-04', until: '2024-11-04'})).to.have.lengthOf(2)
  })

  for (const [what, spoil, place] of [
    ['posts that are no list', (d: Digest) => changed(d, {posts: 'text'}), /\/posts/u],
    ['a latency as text', (d: Digest) => changed(d, {latency_seconds: '12'}), /\/latency_seconds/u],
    [
      'a wrong field that is not even exported',
      (d: Digest) => changed(d, {posts: [changed(d.posts[0] ?? {}, {title: 5})]}),
      /\/posts\/0\/title/u,
    ],
  ] as const)
    it(`end at a document with ${what}, and name it and the field`, async () => {
      const store = memoryStore()
      await fill(store, sampleDigests({spoil: (d, n) => (n === 3 ? spoil(d) : d)}))
      const error = await failure(Array.fromAsync(digestsExporter.records(store, {})))
      expect(error).to.include({code: 'EXPORT_BAD_DOCUMENT', exit: 65})
      expect(error.message).to.include('@alpha_news:2024-11-07').and.match(place)
    })

  it('count what each condition leaves out, none of it twice', async () => {
    const store = memoryStore()
    await fill(store, sampleDigests())
    const wanted = resolve({
      window: undefined,
      from: '2024-11-05',
      until: '2024-11-08',
      channel: ['alpha_news'],
      origin: 'telegram',
      limit: 2,
    })
    const {expected, left_out} = await count(reviewReportsExporter, store, wanted)
    expect(expected).to.equal(2)
    expect(left_out).to.deep.equal({by_window: 2, by_channel: 4, by_language: 0, by_origin: 1, by_limit: 1, total: 8})
    expect(describeLeftOut(left_out)).to.equal('2 by the window, 4 by --channel, 1 by --origin, 1 by --limit')
  })

  it('do not lose a document whose date is none to a window in silence', async () => {
    const store = memoryStore()
    const spoil = (d: Digest, n: number): Digest => (n === 4 ? changed(d, {created_at: 'yesterday'}) : d)
    await fill(store, sampleDigests({spoil}))
    const error = await failure(count(digestsExporter, store, resolve({window: '30d', until: '2024-12-03'})))
    expect(error).to.include({code: 'EXPORT_BAD_DOCUMENT', exit: 65})
    expect(error.message).to.include('@alpha_news:2024-11-08').and.include('/created_at')
  })
})
