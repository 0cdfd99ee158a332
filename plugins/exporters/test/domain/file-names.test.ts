import {expect} from 'chai'

import {
  compressionOf,
  formatOf,
  isPartOf,
  isPlainName,
  partName,
  recordsFileName,
  stemOf,
} from '#src/domain/file-names.js'

describe('names of files', () => {
  it('say format and compression, and are read back', () => {
    for (const compression of ['none', 'gzip', 'zstd'] as const) {
      const name = recordsFileName('digests', {format: 'jsonl', compression})
      expect([formatOf(name), compressionOf(name), stemOf(name)]).to.deep.equal(['jsonl', compression, 'digests'])
    }
    expect(recordsFileName('digests', {format: 'parquet', compression: 'zstd'})).to.equal('digests.parquet')
    expect(formatOf('digests.csv')).to.equal(undefined)
  })

  it('number parts so that they sort', () => {
    expect(recordsFileName('d', {format: 'jsonl', compression: 'gzip'}, 12)).to.equal('d-00012.jsonl.gz')
    expect(partName('data.csv', 3, 'none')).to.equal('data-00003.csv')
    expect(partName('data', 3, 'zstd')).to.equal('data-00003.zst')
  })

  it('tell a part of a file from another file', () => {
    for (const name of ['data-00003.csv', 'data-00003.csv.gz', 'data-100000.csv'])
      expect(isPartOf(name, 'data.csv'), name).to.equal(true)
    for (const name of ['data.csv', 'other-00003.csv', 'data-3.csv', 'data-00003.json', '../data-00003.csv'])
      expect(isPartOf(name, 'data.csv'), name).to.equal(false)
  })

  it('are plain only when they stay in their folder and show as they are', () => {
    for (const name of ['digests.jsonl', 'a b.json', 'имя.json']) expect(isPlainName(name), name).to.equal(true)
    for (const name of ['', '.', '..', '.hidden', '../x', 'a/b', String.raw`a\b`, 'a\u202eb', 'a\nb'])
      expect(isPlainName(name), JSON.stringify(name)).to.equal(false)
  })
})
