import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {type Filter, filterClauses} from '@ep23/sdk'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {filterToSql, sortToSql} from '#src/store/sqlite/filter-to-sql.js'

import {withStore} from '../../helpers/with-store.ts'

const FACTS = {keyField: 'digest_id', arrayPaths: ['posts']}

describe('filterToSql and sortToSql', () => {
  let folder: string
  let database: DatabaseSync

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-plans-'))
    const path = join(folder, 'store.sqlite')
    await withStore(openStore(path), async store => {
      const digests = store.collection<{digest_id: string}>('digests')
      await digests.ensureIndex({fields: ['channel', 'created_at']})
      await digests.upsertMany([{digest_id: 'a'}], 'digest_id')
    })
    database = new DatabaseSync(path)
  })
  after(() => {
    database.close()
    rmSync(folder, {recursive: true, force: true})
  })

  const plan = (filter: Filter, sort: Record<string, 1 | -1> = {}): string => {
    const {sql, parameters} = filterToSql(filterClauses(filter), FACTS)
    const query = `EXPLAIN QUERY PLAN SELECT doc FROM digests WHERE ${sql} ${sortToSql(sort, FACTS)}`
    const rows = database.prepare(query).all(...parameters)
    return rows.map(row => row['detail'] as string).join('; ')
  }

  for (const [title, filter] of Object.entries<Filter>({
    equality: {channel: '@habr'},
    'a list': {channel: {$in: ['@habr', '@proglib', true]}},
    null: {channel: null},
    'equality and a range of dates': {channel: '@habr', created_at: {$gte: new Date(0), $lt: new Date()}},
  }))
    it(`uses an index for ${title}`, () => {
      expect(plan(filter)).to.match(/SEARCH digests USING INDEX digests by channel, created_at/u)
    })

  it('uses the table key for the natural key', () => {
    expect(plan({digest_id: 'a'})).to.match(/SEARCH digests USING INDEX sqlite_autoindex/u)
    expect(plan({}, {digest_id: -1, channel: 1})).to.equal('SCAN digests USING INDEX sqlite_autoindex_digests_1')
  })

  it('sorts along an index, in both directions', () => {
    expect(plan({}, {channel: 1, created_at: 1})).to.equal('SCAN digests USING INDEX digests by channel, created_at')
    expect(plan({}, {channel: -1, created_at: -1})).to.equal('SCAN digests USING INDEX digests by channel, created_at')
    expect(plan({channel: '@habr'}, {created_at: 1})).not.to.contain('TEMP B-TREE')
  })

  it('leaves to the reference rules only what may meet an array', () => {
    expect(restOf({channel: '@habr', posts_count: 1})).to.deep.equal([])
    expect(restOf({channel: '@habr', posts: 1, 'posts.post_id': {$gte: 1}})).to.deep.equal(['posts', 'posts.post_id'])
    expect(restOf({channel: 1}, {keyField: 'id', arrayPaths: ['']})).to.deep.equal(['channel'])
  })
})

function restOf(filter: Filter, facts = FACTS): string[] {
  return filterToSql(filterClauses(filter), facts).rest.map(({field}) => field)
}
