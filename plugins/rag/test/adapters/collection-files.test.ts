import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {keepLabel, readQrelsIfPresent} from '#src/adapters/collection-files.js'

describe('the file of labels', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-labels-'))
    path = join(folder, 'new/l.trec')
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('is made with the first judgement; later ones of a pair take its place', async () => {
    expect(await readQrelsIfPresent(path)).to.deep.equal(new Map())
    await keepLabel(path, {query: 'q1', document: '@a/1', grade: 3})
    await keepLabel(path, {query: 'q1', document: '@a/2', grade: 0})
    await keepLabel(path, {query: 'q1', document: '@a/1', grade: 1})
    expect(readFileSync(path, 'utf8')).to.equal('q1 0 @a/1 1\nq1 0 @a/2 0\n')
    await keepLabel(path, {query: 'q1', document: '@a/1', grade: undefined})
    expect(await readQrelsIfPresent(path)).to.deep.equal(new Map([['q1', new Map([['@a/2', 0]])]]))
    expect(readdirSync(join(folder, 'new'))).to.deep.equal(['l.trec'])
  })

  it('keeps what somebody else has written meanwhile', async () => {
    await keepLabel(path, {query: 'q1', document: 'a', grade: 3})
    writeFileSync(path, `${readFileSync(path, 'utf8')}q9\tQ0\tz 2`)
    await keepLabel(path, {query: 'q1', document: 'b', grade: 1})
    expect(readFileSync(path, 'utf8')).to.equal('q1 0 a 3\nq9\tQ0\tz 2\nq1 0 b 1\n')
  })

  it('refuses the form of BEIR, and lines in no form', async () => {
    path = join(folder, 'l.tsv')
    writeFileSync(path, 'query-id\tcorpus-id\tscore\nq1\td1\t1\n')
    expect(await readQrelsIfPresent(path).catch(error => error)).to.include({exit: 64})
    writeFileSync(path, 'q1 0 d1 1\nq1 0 d1\n')
    expect(await readQrelsIfPresent(path).catch(error => error)).to.include({exit: 65})
  })
})
