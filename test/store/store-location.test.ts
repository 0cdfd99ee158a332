import {join} from 'node:path'

import {expect} from 'chai'

import {parseStoreLocation} from '#src/store/store-location.js'

describe('parseStoreLocation', () => {
  for (const [url, database, shown] of [
    ['mongodb://localhost', 'butler', 'mongodb://localhost/butler'],
    ['mongodb://localhost:27017/', 'butler', 'mongodb://localhost:27017/butler'],
    ['mongodb://editor:geheim@db.example.org/news', 'news', 'mongodb://db.example.org/news'],
    ['mongodb://editor:ge%40heim@a:1,b:2,c:3/?replicaSet=rs0', 'butler', 'mongodb://a:1,b:2,c:3/butler'],
    ['mongodb+srv://editor:geheim@cluster.example.org/?w=1', 'butler', 'mongodb+srv://cluster.example.org/butler'],
    ['mongodb://[::1]:27017/news?tlsCertificateKeyFilePassword=geheim', 'news', 'mongodb://[::1]:27017/news'],
    ['mongodb://host/news?authMechanismProperties=AWS_SESSION_TOKEN:geheim', 'news', 'mongodb://host/news'],
    ['mongodb://%2Ftmp%2Fmongodb-27017.sock/news', 'news', 'mongodb://%2Ftmp%2Fmongodb-27017.sock/news'],
  ] as const)
    it(`shows ${url} without secrets`, () => {
      expect(parseStoreLocation(url)).to.deep.equal({kind: 'mongo', url, database, shown})
    })

  for (const url of [
    'mongodb://editor:ge/heim@host/news',
    'mongodb://editor:ge?heim@host/news',
    'mongodb://editor:ge@heim@host/news',
    'mongodb://editor:geheim',
    'mongodb://editor:geheim@',
    'mongodb://host/news?password=geheim@x',
    'mongodb://',
  ])
    it(`refuses the unclear ${url} without repeating it`, () => {
      expect(() => parseStoreLocation(url))
        .to.throw()
        .that.satisfies((error: Error) => !error.message.includes('heim'))
        .and.includes({code: 'USAGE', exit: 64})
    })

  it('takes anything else for the path of a file', () => {
    const path = join(process.cwd(), 'some folder/store.sqlite')
    const expected = {kind: 'sqlite', path, shown: path}
    expect(parseStoreLocation('some folder/store.sqlite')).to.deep.equal(expected)
    expect(parseStoreLocation(path)).to.deep.equal(expected)
    expect(parseStoreLocation(new URL(`file://${path}`).href)).to.deep.equal(expected)
  })

  it('refuses an empty location and other databases', () => {
    for (const location of [
      '',
      'postgres://localhost/news',
      'http://host/store.sqlite',
      'file://data/x.db',
      'file:///%2F',
    ])
      expect(() => parseStoreLocation(location))
        .to.throw()
        .that.includes({code: 'USAGE', exit: 64})
  })
})
