import {execFileSync} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {finished} from 'node:stream/promises'
import {createGzip, gzipSync} from 'node:zlib'

import {expect} from 'chai'
import {Header} from 'tar'

import {packBeside, listArchive} from '#src/adapters/archive.js'
import {hashing} from '#src/adapters/hashing.js'
import {openArchive, unpackArchive} from '#src/adapters/open-evidence.js'
import {isPlainName} from '#src/domain/file-names.js'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

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
    const facts = await Promise.all([one, two].map(place => packBeside(place, ['a.json', 'b.jsonl'], 'e.tar.gz')))
    expect(facts[0]).to.deep.equal(facts[1])
  })

  it('is listed and unpacked again, and tells sizes and hashes', async () => {
    const place = await pack('one')
    await packBeside(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
    expect(await listArchive(join(place, 'e.tar.gz'))).to.deep.equal([
      {name: 'a.json', bytes: 10, sha256: hashing.sha256('{"a":"ж"}')},
      {name: 'b.jsonl', bytes: 100_000, sha256: hashing.sha256('b'.repeat(100_000))},
    ])
    mkdirSync(at('out'))
    await unpackArchive(join(place, 'e.tar.gz'), at('out'), isPlainName)
    expect(readFileSync(at('out', 'a.json'), 'utf8')).to.equal('{"a":"ж"}')
  })

  it('is read by the tar of the system', async function () {
    const place = await pack('one')
    await packBeside(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
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
      await unpackArchive(at('evil.tar.gz'), at('out'), isPlainName).catch(() => undefined)
      expect(readdirSync(at('out'))).to.deep.equal([])
      expect(existsSync(at('outside.txt'))).to.equal(false)
    })

  it('cannot be listed when a byte inside it was changed', async () => {
    const place = await pack('one')
    await packBeside(place, ['a.json', 'b.jsonl'], 'e.tar.gz')
    const bytes = readFileSync(join(place, 'e.tar.gz'))
    bytes[40] = (bytes[40] ?? 0) ^ 0xff
    writeFileSync(join(place, 'e.tar.gz'), bytes)
    await failure(listArchive(join(place, 'e.tar.gz')))
  })
})

describe('an archive made to do harm', () => {
  const folder = temporaryFolder()
  const at = (...names: string[]) => join(folder.path, ...names)
  const open = (path: string) => openArchive(path, {accepts: isPlainName, code: 'BAD'})

  // Other programs of this machine unpack archives into the same folder for temporary files.
  const shared = process.env['TMPDIR']
  const scratch = mkdtempSync(join(tmpdir(), 'ep23-harm-'))
  before(() => (process.env['TMPDIR'] = scratch))
  after(() => {
    if (shared === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = shared
    rmSync(scratch, {recursive: true})
  })

  /** A file of `megabytes` zeros, and whatever follows it, packed. */
  async function bomb(name: string, megabytes: number, {header = true} = {}): Promise<string> {
    const zip = createGzip({level: 9})
    const written = finished(zip.pipe(createWriteStream(at(name))))
    const size = megabytes * 1024 * 1024
    zip.write(header ? headerOf('zeros.jsonl', size) : Buffer.concat([tarOf('a.json', '{}'), Buffer.alloc(1024)]))
    for (let megabyte = 0; megabyte < megabytes; megabyte += 1)
      if (!zip.write(Buffer.alloc(1 << 20))) await once(zip, 'drain')
    zip.end(Buffer.alloc(1024))
    await written
    return at(name)
  }

  it('is refused at the header of a file that bursts, before its bytes are read', async () => {
    const path = await bomb('bomb.tar.gz', 300)
    const before = process.memoryUsage.rss()
    const from = performance.now()
    for (const error of [await failure(open(path)), await failure(listArchive(path))]) {
      expect(error).to.include({code: 'ARCHIVE_TOO_LARGE', exit: 65})
      expect(error.message).to.include(path)
    }
    expect(performance.now() - from).to.be.below(5000)
    expect(process.memoryUsage.rss() - before).to.be.below(64 * 1024 * 1024)
  })

  it('is refused when it bursts behind its end, or in something that is no file', async () => {
    const behind = await bomb('behind.tar.gz', 300, {header: false})
    expect(await failure(open(behind))).to.include({code: 'ARCHIVE_TOO_LARGE'})
    const pax = gzipSync(Buffer.concat([headerOf('x', 200 * 1024 * 1024, 'ExtendedHeader'), Buffer.alloc(1 << 20)]))
    writeFileSync(at('pax.tar.gz'), pax)
    expect(await failure(open(at('pax.tar.gz')))).to.include({exit: 65})
  })

  it('is refused when it is packed twice: what it unpacks to would not be counted', async () => {
    writeFileSync(at('twice.tar.gz'), gzipSync(gzipSync(tarOf('a.json', '{}'))))
    expect((await failure(open(at('twice.tar.gz')))).message).to.include('packed twice')
  })

  it('is refused when a file comes twice, and the first is not what is read', async () => {
    writeFileSync(at('two.tar.gz'), gzipSync(Buffer.concat([fileOf('a.json', '1'), tarOf('./a.json', '2')])))
    expect((await failure(open(at('two.tar.gz')))).message).to.include('a.json twice')
  })

  it('gives nothing but plain files: no link, no folder, no device', async () => {
    const kinds = ['SymbolicLink', 'Link', 'Directory', 'CharacterDevice', 'FIFO'] as const
    const bytes = kinds.map((type, index) => headerOf(`k${index}`, 0, type))
    writeFileSync(at('kinds.tar.gz'), gzipSync(Buffer.concat([...bytes, tarOf('a.json', '{}')])))
    const {names, close} = await open(at('kinds.tar.gz'))
    await close()
    expect(names).to.deep.equal(['a.json'])
  })

  it('leaves nothing behind', () => {
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('ep23-archive-'))).to.deep.equal([])
  })
})

describe('an archive on a full disk', () => {
  it('is not called damaged: 75, and what to do', async function () {
    // A process of its own whose files may not grow beyond 64 KiB: EFBIG is what a disk refuses there.
    if (process.platform === 'win32') this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'ep23-full-'))
    writeFileSync(join(folder, 'big.jsonl'), randomBytes(300_000))
    await packBeside(folder, ['big.jsonl'], 'e.tar.gz')
    const program = `
      import {openArchive} from ${JSON.stringify(new URL('../../dist/adapters/open-evidence.js', import.meta.url).href)}
      process.on('SIGXFSZ', () => {})
      await openArchive(process.argv[1], {accepts: () => true, code: 'BAD'})
        .catch(error => console.log(error.exit, error.code))`
    const script = `ulimit -f 64; exec "${process.execPath}" --input-type=module -e "$0" "$1"`
    const output = execFileSync('bash', ['-c', script, program, join(folder, 'e.tar.gz')], {encoding: 'utf8'})
    rmSync(folder, {recursive: true})
    expect(output).to.match(/^75 /u)
  })
})

function headerOf(
  path: string,
  size: number,
  type: 'File' | 'ExtendedHeader' | 'SymbolicLink' | 'Link' | 'Directory' | 'CharacterDevice' | 'FIFO' = 'File',
): Buffer {
  const block = Buffer.alloc(512)
  new Header({
    path,
    size,
    mode: 0o644,
    type,
    mtime: new Date(0),
    ...(type.endsWith('Link') && {linkpath: 'a.json'}),
  }).encode(block, 0)
  return block
}

function fileOf(path: string, content: string): Buffer {
  const body = Buffer.alloc(512)
  body.write(content)
  return Buffer.concat([headerOf(path, content.length), body])
}

function tarOf(path: string, content: string): Buffer {
  return Buffer.concat([fileOf(path, content), Buffer.alloc(1024)])
}
