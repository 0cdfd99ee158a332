import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'
import {parseDocument} from 'yaml'

import {parseGuarded, readTextFile} from '#src/text-file.js'
import {systemError} from '#src/command/system-errors.js'
import {type Ep23Error} from '#src/command/errors.js'
import {toEp23Error} from '#src/command/normalise-error.js'

const failure = (work: Promise<unknown>): Promise<Ep23Error> =>
  work.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error as Ep23Error,
  )

describe('a text file that is read whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-text-'))
  after(() => rmSync(folder, {recursive: true}))
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  it('is its text', async () => {
    expect(await readTextFile(file('a', 'жё\n'))).to.equal('жё\n')
    expect(await readTextFile('/dev/null')).to.equal('')
  })

  it('is refused for what is wrong with it, named, with the exit code of the table', async () => {
    mkdirSync(join(folder, 'd'))
    const cases: [string, number][] = [
      [join(folder, 'none'), 64],
      [join(folder, 'd'), 64],
      [join(folder, 'a', 'b'), 64],
      [join(folder, 'x'.repeat(300)), 64],
      [file('latin', Buffer.from([0xcf, 0xf0])), 65],
      ['/dev/zero', 65],
    ]
    for (const [path, exit] of cases) {
      const error = await failure(readTextFile(path))
      expect(error.exit, error.message).to.equal(exit)
      expect(error.message).to.include(path)
      expect(error.suggestions).to.not.have.length(0)
    }
  })
})

describe('a text that is made to hold its parser up', () => {
  const guard = (text: string): unknown =>
    parseGuarded({file: 'x.yaml', text, code: 'X'}, () => parseDocument(text).toJS() as unknown)

  for (const text of [
    `a: ${'? '.repeat(500)}b`,
    `a: {${'? '.repeat(500)}b}`,
    Array.from({length: 300}, (_, depth) => `${' '.repeat(depth)}?`).join('\n'),
    `a: ${'['.repeat(100_000)}`,
    '{"a":'.repeat(100_000),
  ])
    it(`is refused before it is parsed: ${JSON.stringify(text.slice(0, 20))}…`, () => {
      expect(() => guard(text))
        .to.throw(/^x\.yaml is nested too deeply/u)
        .with.property('exit', 65)
    }).timeout(2000)

  it('is refused with its line for a control character', () => {
    expect(() => guard('a: 1\nb: {c: 1,&\0 d: 2}\n'))
      .to.throw('x.yaml:2: a control character')
      .with.property('exit', 65)
  })

  it('is none when it is only long', () => {
    const text = `a: |\n${`${' '.repeat(8)}- one [x] {y}\n`.repeat(5000)}`
    expect(guard(text)).to.have.property('a').that.has.lengthOf.above(50_000)
  })
})

describe('an error of the operating system', () => {
  const of = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), {code, path: '/srv/x'})

  it('is never a bug of ep23', async () => {
    const exits = Object.fromEntries(
      ['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP', 'EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'EIO', 'EFBIG'].map(
        code => [code, toEp23Error(of(code)).exit],
      ),
    )
    expect(exits).to.deep.equal({
      ...{ENOENT: 64, EISDIR: 64, ENOTDIR: 64, ELOOP: 64},
      ...{EACCES: 77, EROFS: 77, ENOSPC: 75, EDQUOT: 75, EMFILE: 75, EIO: 75, EFBIG: 75},
    })
    expect(toEp23Error(await readFile('/no/such').catch((error: unknown) => error)).message).to.equal(
      '/no/such does not exist',
    )
  })

  it('is one only when it names a place: anything else stays a bug', () => {
    expect(systemError(new TypeError('x is not a function'))).to.equal(undefined)
    expect(systemError(Object.assign(new Error('ENOENT'), {code: 'ENOENT'}))).to.equal(undefined)
    expect(systemError(undefined)).to.equal(undefined)
    expect(toEp23Error(new Error('boom')).exit).to.equal(1)
  })
})

describe('a text made to hurt its parser', () => {
  const parse = (text: string): unknown =>
    parseGuarded({file: 'x.yaml', text, code: 'BAD'}, () => parseDocument(text).toJS() as unknown)
  const refusal = (text: string): Ep23Error => {
    try {
      parse(text)
    } catch (error) {
      return error as Ep23Error
    }
    return expect.fail('nothing failed')
  }

  it('is refused with the line of its first alias when its aliases burst', () => {
    const lines = Array.from(
      {length: 9},
      (_, at) =>
        `a${at}: &a${at} [${Array(9)
          .fill(at ? `*a${at - 1}` : 'x')
          .join(', ')}]`,
    )
    expect(refusal(lines.join('\n'))).to.include({exit: 65, code: 'BAD'})
    expect(refusal(lines.join('\n')).message).to.match(/^x\.yaml:2: /u)
    expect(refusal('a: *nobody').message).to.match(/^x\.yaml:1: /u)
  })

  it('is refused when its parser runs out of stack', () => {
    const endless = (): number => 1 + endless()
    expect(() => parseGuarded({file: 'x.yaml', text: '', code: 'BAD'}, endless))
      .to.throw('x.yaml')
      .with.property('exit', 65)
  })

  it('may use aliases as people do', () => expect(parse('a: &a {x: 1}\nb: *a')).to.deep.equal({a: {x: 1}, b: {x: 1}}))
})
