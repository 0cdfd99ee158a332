import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'
import {Header} from 'tar'

import {listEvidence, packEvidence, unpackEvidence} from '#src/adapters/evidence/evidence-archive.js'
import {hashing} from '#src/adapters/sha256.js'

import {failure} from '../../sample/failure.ts'
import {temporaryFolder} from '../../sample/temporary-folder.ts'

describe('an evidence archive', () => {
  const folder = temporaryFolder()
  const at = (...names: string[]) => join(folder.path, ...names)

  async function pack(place: string): Promise<string> {
    mkdirSync(at(place))
    writeFileSync(at(place, 'a.json'), '{"a":"ж"}')
    writeFileSync(at(place, 'b.jsonl'), 'b'.repeat(100_000))
    return at(place)
  }

  it('has the same bytes whenever, by whomever and with whatever permissions its files were written', async () => {
    const [one, two] = [await pack('one'), await pack('two')]
    utimesSync(join(two, 'a.json'), 1, 1)
    chmodSync(join(two, 'b.jsonl'), 0o600)
    const facts = await Promise.all([one, two].map(place => packEvidence(place, ['a.json', 'b.jsonl'], 'e.tar.gz')))
    expect(facts[0]).to.deep.equal(facts[1])
  })

  it('is listed and unpacked again, and tells sizes and hashes', async () => {
    const place = await pack('one')
    await packEvidence(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
    expect(await listEvidence(join(place, 'e.tar.gz'))).to.deep.equal([
      {name: 'a.json', bytes: 10, sha256: hashing.sha256('{"a":"ж"}')},
      {name: 'b.jsonl', bytes: 100_000, sha256: hashing.sha256('b'.repeat(100_000))},
    ])
    mkdirSync(at('out'))
    await unpackEvidence(join(place, 'e.tar.gz'), at('out'))
    expect(readFileSync(at('out', 'a.json'), 'utf8')).to.equal('{"a":"ж"}')
  })

  it('is read by the tar of the system', async function () {
    const place = await pack('one')
    await packEvidence(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
    const listed = execFileSync('tar', ['-tvzf', join(place, 'e.tar.gz')], {
      encoding: 'utf8',
      env: {...process.env, TZ: 'UTC'},
    })
    expect(listed).to.include('a.json').and.include('1970-01-01').and.include('-rw-r--r--')
  })

  for (const name of ['../outside.txt', '/tmp/ep23-outside.txt', 'sub/inside.txt', '.hidden'])
    it(`unpacks no file called ${name}`, async () => {
      writeFileSync(at('evil.tar.gz'), gzipSync(tarOf(name, 'evil')))
      mkdirSync(at('out'))
      await unpackEvidence(at('evil.tar.gz'), at('out')).catch(() => undefined)
      expect(readdirSync(at('out'))).to.deep.equal([])
      expect(existsSync(at('outside.txt'))).to.equal(false)
    })

  it('cannot be listed when a byte inside it was changed', async () => {
    const place = await pack('one')
    await packEvidence(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
    const bytes = readFileSync(join(place, 'e.tar.gz'))
    bytes[40] = (bytes[40] ?? 0) ^ 0xff
    writeFileSync(join(place, 'e.tar.gz'), bytes)
    await failure(listEvidence(join(place, 'e.tar.gz')))
  })
})

function tarOf(path: string, content: string): Buffer {
  const header = new Header({path, size: content.length, mode: 0o644, type: 'File', mtime: new Date(0)})
  const block = Buffer.alloc(512)
  header.encode(block, 0)
  const body = Buffer.alloc(512)
  body.write(content)
  return Buffer.concat([block, body, Buffer.alloc(1024)])
}
