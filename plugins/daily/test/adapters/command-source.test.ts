import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

import {expect} from 'chai'

import {readCommands} from '#src/adapters/command-source.js'

describe('posts that a command writes', () => {
  let folder: string
  let before: string | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-commands-'))
    before = process.env['TMPDIR']
    process.env['TMPDIR'] = folder
  })
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, {recursive: true})
  })

  it('are in a file until they are read', async () => {
    const {signal} = new AbortController()
    const read = await readCommands(['@habr=cmd:echo post', '@proglib=posts.jsonl'], signal)
    const [, path = ''] = read.from?.[0]?.split('=') ?? []
    expect(readFileSync(path, 'utf8')).to.equal('post\n')
    expect(read.from?.[1]).to.equal('@proglib=posts.jsonl')
    await read.dispose()
    expect(existsSync(dirname(path))).to.equal(false)
  })

  it('leave no file when they are interrupted, though what the command started still writes', async () => {
    const stop = new AbortController()
    const reading = readCommands(['@habr=cmd:echo post; sleep 2; echo more', '@proglib=cmd:sleep 2'], stop.signal)
    const failed = reading.catch(error => error)
    await pause(200)
    const from = performance.now()
    const interruption = new Error('interrupted')
    stop.abort(interruption)
    expect(await failed).to.equal(interruption)
    expect(performance.now() - from).to.be.below(1500)
    expect(readdirSync(folder)).to.deep.equal([])
  })
})
