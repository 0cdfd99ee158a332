import {expect} from 'chai'

import {maskCredentials} from '#src/index.js'

describe('credentials in URLs', () => {
  const MASKED: Record<string, string> = {
    'mongodb://ann:SECRET@db,db2/butler?w=1': 'mongodb://***@db,db2/butler?w=1',
    'mongodb://ann:SEC@RET@db/butler': 'mongodb://***@db/butler',
    'redis://:SECRET@h:6379': 'redis://***@h:6379',
    'https://SECRET@h/v1': 'https://***@h/v1',
    'https://h/v1?key=SECRET': 'https://h/v1?key=***',
    'https://h/v1?api-version=1&api_key=SECRET&x=1#top': 'https://h/v1?api-version=1&api_key=***&x=1#top',
    'http://c:4318/?access-token=SECRET': 'http://c:4318/?access-token=***',
    'from http://a:SECRET@h and http://h/?sig=SECRET': 'from http://***@h and http://h/?sig=***',
    'http://h/a@b': 'http://h/a@b',
    'https://h/?model=m&page=2': 'https://h/?model=m&page=2',
    'data/store.sqlite': 'data/store.sqlite',
  }
  for (const [text, masked] of Object.entries(MASKED))
    it(`are masked: ${masked}`, () => expect(maskCredentials(text)).to.equal(masked))
})
