import {chmodSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {describeSource} from '#src/adapters/sources/read-source.js'
import {rejection, TemporaryFolder} from './reading.ts'

const POSTS = '[{"message_id": 1, "date": "2024-12-04T09:00:28Z", "text": "x"}]'

describe('describeSource', () => {
  let folder: TemporaryFolder

  before(() => (folder = new TemporaryFolder()))
  after(() => folder.remove())

  it('tells the format of a file', async () => {
    const path = folder.write('posts', gzipSync(POSTS))
    expect(await describeSource(path)).to.deep.equal({
      path,
      files: [{file: path, format: 'json', isGzip: true}],
      ignored: [],
    })
  })

  it('tells which files of a folder will be read, in order, and which not', async () => {
    const b = folder.write('two/b.json', POSTS)
    const a = folder.write('two/a.csv', 'id,date,text\n')
    const damaged = folder.write('two/c.gz', gzipSync('x'.repeat(1000)).subarray(0, 15))
    const note = folder.write('two/note.txt', 'hello')
    expect(await describeSource(join(folder.path, 'two'))).to.deep.include({
      files: [
        {file: a, format: 'csv', isGzip: false},
        {file: b, format: 'json', isGzip: false},
      ],
      ignored: [
        {file: damaged, reason: 'damaged gzip data (unexpected end of file)'},
        {file: note, reason: 'neither JSON nor HTML, nor CSV with a header line for date and text'},
      ],
    })
  })

  it('refuses a file or a folder without posts, with the reasons and what would do', async () => {
    const path = folder.write('none/x.html', '<html>')
    const alone = await rejection(describeSource(path))
    expect(alone).to.include({code: 'SOURCE_UNRECOGNISED', exit: 65})
    expect(alone?.message).to.match(
      /x\.html: no posts can be read from it: HTML of an unknown kind; Telegram Desktop's HTML/u,
    )
    const within = await rejection(describeSource(join(folder.path, 'none')))
    expect(within?.message).to.include(`${path}: HTML`)
    expect((within as unknown as {suggestions: string[]}).suggestions.join()).to.include('ep23 dataset:formats')
    folder.write('empty/.keep', '')
    expect((await rejection(describeSource(join(folder.path, 'empty'))))?.message).to.include(
      'the folder holds no files',
    )
  })

  it('names no more than five files that are none', async () => {
    for (const index of [1, 2, 3, 4, 5, 6, 7]) folder.write(`many/${index}.txt`, 'hello')
    expect((await rejection(describeSource(join(folder.path, 'many'))))?.message).to.match(
      /5\.txt: [^;]*; and 2 more$/u,
    )
  })

  it('says that a path is not there, or is neither file nor folder', async () => {
    const missing = await rejection(describeSource(join(folder.path, 'nowhere')))
    expect(missing).to.include({code: 'USAGE', exit: 64})
    expect(missing?.message).to.match(/nowhere does not exist$/u)
    const below = await rejection(describeSource(join(folder.write('file', 'x'), 'below')))
    expect(below).to.include({code: 'USAGE', exit: 64})
    if (process.platform !== 'win32')
      expect((await rejection(describeSource('/dev/null')))?.message).to.equal(
        '/dev/null is neither a file nor a folder',
      )
  })

  it('says that a file may not be read', async function () {
    // For root and on Windows every file may be read.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip()
    const path = folder.write('secret.json', POSTS)
    chmodSync(path, 0)
    expect(await rejection(describeSource(path))).to.include({code: 'SOURCE_FORBIDDEN', exit: 77})
  })
})
