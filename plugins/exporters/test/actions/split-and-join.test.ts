import {existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {joinParts} from '#src/actions/join.js'
import {runExporter} from '#src/actions/run.js'
import {splitIntoParts} from '#src/actions/split.js'
import {fill, sampleDigests} from '../sample/documents.ts'
import {failure} from '../sample/failure.ts'
import {openLaboratory} from '../sample/fixture.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

describe('exporters:split and exporters:join', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  const runtime = fakeRuntime()
  const at = (...names: string[]) => join(folder.path, ...names)
  const LIST = 'big.jsonl.parts/big.jsonl.parts.json'
  const text = Array.from({length: 2000}, (_, n) => `{"n":${n},"text":"строка \u2028 ${'ж'.repeat(n % 90)}"}`).join(
    '\n',
  )

  for (const compress of ['none', 'gzip', 'zstd'])
    for (const end of ['\n', ''])
      it(`give every byte back (${compress}, ${end === '' ? 'without' : 'with'} a last line feed)`, async () => {
        writeFileSync(at('big.jsonl'), text + end)
        const {data} = await splitIntoParts(runtime, at('big.jsonl'), {max: 20_000, compress})
        for (const {name, bytes} of data.parts)
          expect(statSync(at('big.jsonl.parts', name)).size)
            .to.equal(bytes)
            .and.be.at.most(20_000)
        const joined = await joinParts(runtime, at(LIST), at('again.jsonl'))
        expect(joined.data).to.include({unchanged: false, parts: data.parts.length, sha256: data.file.sha256})
        expect(readFileSync(at('again.jsonl'), 'utf8')).to.equal(text + end)
      })

  it('replaces the parts of the cut before it', async () => {
    writeFileSync(at('big.jsonl'), text)
    await splitIntoParts(runtime, at('big.jsonl'), {max: 5000, compress: 'none'})
    writeFileSync(at('big.jsonl.parts', 'mine.jsonl'), 'mine')
    const {data} = await splitIntoParts(runtime, at('big.jsonl'), {max: 100_000, compress: 'gzip'})
    expect(readdirSync(at('big.jsonl.parts')).sort()).to.deep.equal(
      ['big.jsonl.parts.json', 'mine.jsonl', ...data.parts.map(({name}) => name)].sort(),
    )
  })

  it('refuse a part that was changed or is missing, by name, and write nothing', async () => {
    writeFileSync(at('big.jsonl'), text)
    const {data} = await splitIntoParts(runtime, at('big.jsonl'), {max: 20_000, compress: 'none'})
    const [first, second] = data.parts.map(({name}) => at('big.jsonl.parts', name))
    writeFileSync(first ?? '', 'changed')
    const changed = await failure(joinParts(runtime, at(LIST), at('again.jsonl')))
    expect(changed).to.include({code: 'EXPORT_BAD_PART', exit: 65})
    expect(changed.message).to.include('big-00001.jsonl')
    await splitIntoParts(runtime, at('big.jsonl'), {max: 20_000, compress: 'none'})
    rmSync(second ?? '')
    expect((await failure(joinParts(runtime, at(LIST), at('again.jsonl')))).message).to.include(
      'big-00002.jsonl is missing',
    )
    expect(existsSync(at('again.jsonl'))).to.equal(false)
  })

  it('say of a folder that it is one', async () => {
    const {message} = await failure(splitIntoParts(runtime, at('.'), {max: 20_000, compress: 'none'}))
    expect(message).to.match(/is a folder/u)
  })

  it('never let join replace a file that holds something else', async () => {
    writeFileSync(at('big.jsonl'), text)
    await splitIntoParts(runtime, at('big.jsonl'), {max: 20_000, compress: 'none'})
    expect((await joinParts(runtime, at(LIST), at('big.jsonl'))).data.unchanged).to.equal(true)
    writeFileSync(at('big.jsonl'), 'mine')
    expect(await failure(joinParts(runtime, at(LIST), at('big.jsonl')))).to.include({
      code: 'EXPORT_FILE_EXISTS',
      exit: 77,
    })
    expect(readFileSync(at('big.jsonl'), 'utf8')).to.equal('mine')
  })

  it('join the parts of a split export', async () => {
    const lab = openLaboratory()
    await fill(lab.store, sampleDigests())
    const run = (flags: object) =>
      runExporter(lab.runtime, 'digests', {language: 'any', origin: 'any', layout: 'ep23', ...flags}, {json: false})
    await run({output: at('whole')})
    await run({output: at('parts'), split: 2000, compress: 'gzip'})
    await joinParts(runtime, at('parts'), at('joined.jsonl'))
    lab.remove()
    expect(readFileSync(at('joined.jsonl'), 'utf8')).to.equal(readFileSync(at('whole/digests.jsonl'), 'utf8'))
  })

  it('refuse what they cannot cut or join', async () => {
    for (const [name, content, error] of [
      ['empty.jsonl', '', {code: 'EXPORT_EMPTY_FILE', exit: 65}],
      ['packed.jsonl.gz', 'x', {exit: 64}],
      ['long.jsonl', 'x'.repeat(5000), {code: 'EXPORT_LINE_TOO_LARGE', exit: 65}],
    ] as const) {
      writeFileSync(at(name), content)
      expect(await failure(splitIntoParts(runtime, at(name), {max: 2000, compress: 'none'})), name).to.include(error)
      expect(existsSync(at(`${name}.parts/${name}.parts.json`))).to.equal(false)
    }
    expect(await failure(splitIntoParts(runtime, at('nowhere'), {max: 2000, compress: 'none'}))).to.include({exit: 64})
    writeFileSync(at('a.parts.json'), '{"parts": []}')
    expect(await failure(joinParts(runtime, at('a.parts.json'), undefined))).to.include({
      code: 'EXPORT_BAD_LIST',
      exit: 65,
    })
    expect(await failure(joinParts(runtime, at('nowhere.parts.json'), undefined))).to.include({
      code: 'EXPORT_BAD_LIST',
    })
    writeFileSync(at('b.parts.json'), '{}')
    const several = await failure(joinParts(runtime, folder.path, undefined))
    expect(several.message).to.include('several lists: a.parts.json, b.parts.json')
  })
})
