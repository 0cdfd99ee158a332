import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {assertReplaceable} from '#src/replaceable.js'

describe('what an output may replace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-replaceable-'))
  after(() => rmSync(folder, {recursive: true}))

  const refusalOf = async (path: string): Promise<unknown> =>
    assertReplaceable(path, beginning => beginning.toString().startsWith('ours')).catch((error: unknown) => error)
  const fileWith = (text: string): string => {
    const path = join(folder, `${text.length}`)
    writeFileSync(path, text)
    return path
  }

  it('is nothing, an empty file, a device, and what ep23 wrote', async () => {
    for (const path of [join(folder, 'new'), fileWith(''), '/dev/null', folder, fileWith('ours, of last week')])
      expect(await refusalOf(path)).to.equal(undefined)
  })

  it('is no file of others', async () => {
    const path = fileWith('dataset:\n  channels: []\n')
    const refusal = await refusalOf(path)
    expect(refusal).to.include({code: 'OUTPUT_EXISTS', exit: 77})
    expect((refusal as Error).message).to.include(path)
  })
})
