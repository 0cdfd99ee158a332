import {existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {QuarantineFile} from '#src/adapters/evidence/quarantine-file.js'
import type {InvalidRecord} from '#src/domain/file-record.js'
import {TemporaryFolder} from '../sources/reading.ts'
import {verbatim} from '@ep23/sdk'

const FIRST: InvalidRecord = {
  file: 'a.json',
  line: 3,
  record: 2,
  reason: verbatim('"text" is a number, not a string'),
  raw: '{"text": 5}\n',
}
const RECORDS: InvalidRecord[] = [FIRST, {file: 'б.csv', line: 9, reason: verbatim('not valid UTF-8'), raw: '\uFFFD'}]

describe('QuarantineFile', () => {
  let folder: TemporaryFolder

  beforeEach(() => (folder = new TemporaryFolder()))
  afterEach(() => folder.remove())

  it('holds the invalid records, one a line, under its name only when it is closed', () => {
    const file = new QuarantineFile(join(folder.path, 'new', 'quarantine.jsonl'))
    for (const record of RECORDS) file.add(record)
    expect(existsSync(file.path)).to.equal(false)
    expect(file.close()).to.equal(file.path)
    const lines = readFileSync(file.path, 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line) as unknown)).to.deep.equal(RECORDS)
    expect([file.count, readdirSync(join(folder.path, 'new'))]).to.deep.equal([2, ['quarantine.jsonl']])
  })

  it('is not made when there was nothing to write', () => {
    const file = new QuarantineFile(join(folder.path, 'none', 'quarantine.jsonl'))
    expect(file.close()).to.equal(undefined)
    expect(readdirSync(folder.path)).to.deep.equal([])
  })

  it('leaves an older file as it was until it is closed, and when it is given up', () => {
    const path = folder.write('quarantine.jsonl', 'older')
    const file = new QuarantineFile(path)
    file.add(FIRST)
    file.abandon()
    expect([readFileSync(path, 'utf8'), readdirSync(folder.path)]).to.deep.equal(['older', ['quarantine.jsonl']])
    expect(file.close()).to.equal(undefined)
  })

  it('leaves nothing behind when it cannot be put in its place', () => {
    const path = join(folder.path, 'quarantine.jsonl')
    mkdirSync(path)
    const file = new QuarantineFile(path)
    file.add(FIRST)
    expect(() => file.close()).to.throw()
    expect(readdirSync(folder.path)).to.deep.equal(['quarantine.jsonl'])
  })
})
