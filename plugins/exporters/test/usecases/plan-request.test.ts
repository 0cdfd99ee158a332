import {expect} from 'chai'

import type {RunFlags} from '#src/flags.js'
import {resolveOutput} from '#src/usecases/plan-request.js'

const resolve = (flags: Partial<RunFlags>) =>
  resolveOutput(flags, {exporter: 'digests', cwd: '/here', defaultFolder: '/data/exports'})

describe('the output of an export', () => {
  it('is a folder by default, and when it is not a name for records', () => {
    expect(resolve({})).to.deep.include({folder: '/data/exports', stem: 'digests'})
    expect(resolve({output: 'out'})).to.deep.include({folder: '/here/out', stem: 'digests'})
    expect(resolve({output: 'v1.2'})).to.deep.include({folder: '/here/v1.2'})
  })

  it('is the file that is named, whose name says the form', () => {
    expect(resolve({output: 'a/mine.jsonl'})).to.deep.equal({
      folder: '/here/a',
      stem: 'mine',
      layout: {format: 'jsonl', compression: 'none', split: undefined},
    })
    expect(resolve({output: 'mine.jsonl.gz'}).layout).to.include({format: 'jsonl', compression: 'gzip'})
    expect(resolve({output: 'mine.jsonl.zst'}).layout).to.include({format: 'jsonl', compression: 'zstd'})
    expect(resolve({output: 'mine.parquet', compress: 'zstd'}).layout).to.include({
      format: 'parquet',
      compression: 'zstd',
    })
  })

  it('is a pipe for a dash', () => {
    expect(resolve({output: '-', compress: 'gzip'})).to.deep.equal({
      stem: 'digests',
      layout: {format: 'jsonl', compression: 'gzip', split: undefined},
    })
  })

  for (const flags of [
    {output: 'mine.jsonl', compress: 'gzip'},
    {output: 'mine.jsonl.gz', compress: 'zstd'},
    {output: 'mine.jsonl', format: 'parquet'},
    {output: 'mine.parquet', split: 5000},
    {output: '-', split: 5000},
    {output: '-', format: 'parquet'},
  ])
    it(`refuses ${JSON.stringify(flags)}`, () => {
      expect(() => resolve(flags))
        .to.throw()
        .with.property('exit', 64)
    })
})
