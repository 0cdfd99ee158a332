import {existsSync, mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {withFileLock} from '#src/file-lock.js'

describe('a lock of a file', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ep23-lock-'))))
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  const taken = (): Error => new Error('taken')

  it('is held by one at a time, and free again after work that failed', async () => {
    const options = {path: join(folder, 'a.lock'), busy: taken}
    const inner = withFileLock(options, async () => withFileLock(options, async () => 'never'))
    expect(await inner.catch((error: Error) => error.message)).to.equal('taken')
    expect(await withFileLock(options, async () => 'free')).to.equal('free')
  })

  it('writes nothing, so that a full disk keeps nobody from it', async () => {
    const path = join(folder, 'a.lock')
    const files = await withFileLock({path, busy: taken}, async () => readdirSync(folder))
    expect(files).to.deep.equal(['a.lock'])
    expect(statSync(path).size).to.equal(0)
  })

  it('says as any other file does what keeps it from being made', async () => {
    // A folder stands for what root may not write either.
    const path = join(folder, 'folder/x.lock')
    const error = await withFileLock({path, busy: taken}, async () => 'never').catch((thrown: unknown) => thrown)
    expect(error).to.have.property('suggestions').that.is.not.empty
    expect(
      await withFileLock({path: folder, busy: taken}, async () => 'never').catch((e: Error) => e.message),
    ).to.include(folder)
    expect(existsSync(path)).to.equal(false)
  })
})
