import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {finishPublications, openStaging} from '#src/adapters/staging.js'
import {temporaryFolder} from '../sample/temporary-folder.ts'

const nothing = async (): Promise<string[]> => []
const HOST = hostname().replaceAll(/[^a-z0-9]/giu, '_') || 'host'

describe('a set of files', () => {
  const folder = temporaryFolder()
  const set = () => ({folder: folder.path, label: 'digests'})
  const at = (...names: string[]) => join(folder.path, ...names)
  const read = (name: string) => readFileSync(at(name), 'utf8')

  async function publish(content: string, names = ['digests.jsonl', 'digests.manifest.json']): Promise<void> {
    const staging = await openStaging(set(), nothing)
    for (const name of names) writeFileSync(join(staging.folder, name), content)
    await staging.publish()
  }

  it('appears whole when it is published, and not before', async () => {
    const staging = await openStaging(set(), nothing)
    writeFileSync(join(staging.folder, 'digests.jsonl'), 'new')
    expect(existsSync(at('digests.jsonl'))).to.equal(false)
    await staging.publish()
    expect(readdirSync(folder.path)).to.deep.equal(['digests.jsonl'])
  })

  it('leaves nothing behind when it is discarded', async () => {
    await publish('old')
    const staging = await openStaging(set(), nothing)
    writeFileSync(join(staging.folder, 'digests.jsonl'), 'half')
    await staging.discard()
    expect(readdirSync(folder.path).sort()).to.deep.equal(['digests.jsonl', 'digests.manifest.json'])
    expect(read('digests.jsonl')).to.equal('old')
  })

  it('takes the folders it made away again when it is discarded', async () => {
    const deep = {folder: at('a', 'b', 'c'), label: 'digests'}
    await (await openStaging(deep, nothing)).discard()
    expect(readdirSync(folder.path)).to.deep.equal([])
    mkdirSync(at('a'))
    await (await openStaging(deep, nothing)).discard()
    expect(readdirSync(folder.path)).to.deep.equal(['a'])
  })

  for (const moved of [[], ['digests.jsonl'], ['digests.jsonl', 'digests.manifest.json']])
    it(`is completed after a kill that came when ${moved.length} of 2 files were in place`, async () => {
      await publish('old')
      const ready = at('.digests.ready')
      mkdirSync(ready)
      for (const name of ['digests.jsonl', 'digests.manifest.json']) writeFileSync(join(ready, name), 'new')
      for (const name of moved) renameSync(join(ready, name), at(name))
      await finishPublications(folder.path, nothing)
      expect([read('digests.jsonl'), read('digests.manifest.json')]).to.deep.equal(['new', 'new'])
      expect(existsSync(ready)).to.equal(false)
    })

  it('is completed by the next export, too, before that one begins', async () => {
    mkdirSync(at('.digests.ready'))
    writeFileSync(at('.digests.ready', 'digests.jsonl'), 'finished')
    const staging = await openStaging(set(), nothing)
    expect(read('digests.jsonl')).to.equal('finished')
    await staging.discard()
  })

  it('moves the manifest last, behind the removal of what it makes obsolete', async () => {
    await publish('old', ['digests-00001.jsonl', 'digests-00002.jsonl', 'digests.manifest.json'])
    const seen: string[] = []
    const staging = await openStaging(set(), async ({ready, folder: target, manifest}) => {
      seen.push(readFileSync(join(target, manifest), 'utf8'), readFileSync(join(ready, manifest), 'utf8'))
      return ['digests-00002.jsonl']
    })
    for (const name of ['digests-00001.jsonl', 'digests.manifest.json'])
      writeFileSync(join(staging.folder, name), 'new')
    await staging.publish()
    expect(seen).to.deep.equal(['old', 'new'])
    expect(readdirSync(folder.path).sort()).to.deep.equal(['digests-00001.jsonl', 'digests.manifest.json'])
  })

  it('replaces as one also when several publish at once', async () => {
    const names = ['digests.jsonl', 'digests.leaves.jsonl', 'digests.manifest.json']
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(['a', 'b', 'c'].map(content => publish(content, names)))
      expect(new Set(names.map(read)).size, `round ${round}`).to.equal(1)
    }
    expect(readdirSync(folder.path).sort()).to.deep.equal(names)
  })

  it('clears away what a killed process of this machine left, and nothing of another’s', async () => {
    const dead = at(`.digests.${HOST}-4194305-0123abcd.partial`)
    const elsewhere = at('.digests.elsewhere-4194305-0123abcd.partial')
    const living = at(`.digests.${HOST}-${process.pid}-0123abcd.partial`)
    const ofAnother = at(`.review_reports.${HOST}-4194305-0123abcd.partial`)
    for (const path of [dead, elsewhere, living, ofAnother]) mkdirSync(path)
    await (await openStaging(set(), nothing)).discard()
    expect([dead, elsewhere, living, ofAnother].map(existsSync)).to.deep.equal([false, true, true, true])
  })
})
