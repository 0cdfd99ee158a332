import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {FileSpool} from '#src/adapters/file-spool.js'
import type {Spooled} from '#src/domain/spool.js'
import type {DayDocuments} from '#src/usecases/write-days.js'
import {sampleDigest} from '../sample/documents.ts'

/** About a quarter of a megabyte of text, its number at both ends. */
function day(number: number): DayDocuments {
  const digest = {
    ...sampleDigest(),
    digest_id: `@habr:${number}`,
    summary_markdown: `${number} ${'я'.repeat(1 << 17)} ${number}`,
  }
  return {digest: digest as never, ...(number % 2 === 1 && {reviewFollows: true})}
}

describe('a spool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spool-'))
  after(() => rmSync(folder, {recursive: true}))

  it('gives back every day as it was put in, from memory and from the file, in any order', () => {
    const spool = new FileSpool('order', folder)
    const places = Array.from({length: 70}, (_, number) => spool.put(day(number)))
    // 18 MB went in, so two flushes lie behind and some days are still held.
    for (const number of [69, 0, 35, 1, 68, 34, 69])
      expect(spool.get(places[number] as Spooled<DayDocuments>)).to.deep.equal(day(number))
    const late = spool.put(day(99))
    expect(spool.get(late)).to.deep.equal(day(99))
    spool.close()
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('needs no file for a few days', () => {
    const spool = new FileSpool('few', join(folder, 'missing'))
    expect(spool.get(spool.put(day(1)))).to.deep.equal(day(1))
    spool.close()
  })

  it('says where it cannot write', () => {
    const spool = new FileSpool('refused', join(folder, 'missing'))
    const fill = (): void => {
      for (let number = 0; number < 40; number += 1) spool.put(day(number))
    }
    expect(fill)
      .to.throw(/ep23-seed-refused/u)
      .with.property('exit')
  })
})
