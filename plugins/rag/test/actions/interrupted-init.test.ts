import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {initOwner} from '#src/actions/owner.js'
import {verifyConfigFile} from '#src/actions/show-config.js'

const TEXT = 'retrieval:\n  top_k: 10 # ten\n'

describe('rag:owner:init that was interrupted', () => {
  let folder = ''
  const at = (name: string): string => join(folder, name)
  const init = (key = 'owner.key') =>
    initOwner(fakeRuntime(), {'rag-config': at('rag.yaml'), config: undefined, key: at(key), dataDir: at('data')})
  const verdict = async () => (await verifyConfigFile(at('rag.yaml'), {dataDir: at('data')})).verdict
  const refusal = (key?: string): Promise<Error> =>
    init(key).then(
      () => expect.fail('it became the owner'),
      (error: Error) => error,
    )

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
    writeFileSync(at('rag.yaml'), TEXT)
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('is finished by the same command when the key is all there is', async () => {
    const {data} = await init()
    rmSync(at('rag.history.jsonl'))
    writeFileSync(at('rag.yaml'), TEXT)
    expect((await init()).data).to.deep.equal(data)
    expect(await verdict()).to.equal('signed')
  })

  it('is finished when the history is there and the configuration is not yet', async () => {
    const {data} = await init()
    const [signed, history] = [readFileSync(at('rag.yaml'), 'utf8'), readFileSync(at('rag.history.jsonl'), 'utf8')]
    writeFileSync(at('rag.yaml'), TEXT)
    expect((await init()).data).to.deep.equal(data)
    expect(readFileSync(at('rag.yaml'), 'utf8')).to.equal(signed)
    expect(readFileSync(at('rag.history.jsonl'), 'utf8')).to.equal(history)
    expect(await verdict()).to.equal('signed')
  })

  it('is nobody else’s to finish, nor over a file that was edited since', async () => {
    await init()
    writeFileSync(at('rag.yaml'), TEXT)
    expect((await refusal('other.key')).message).to.include('has an owner already')
    writeFileSync(at('rag.yaml'), TEXT.replace('10 #', '99 #'))
    expect((await refusal()).message).to.include('has an owner already')
  })

  it('signs nothing anew that this user has seen signed', async () => {
    await init()
    expect(await verdict()).to.equal('signed')
    rmSync(at('rag.history.jsonl'))
    writeFileSync(at('rag.yaml'), TEXT.replace('10 #', '99 #'))
    expect((await refusal()).message).to.match(/was owned by SHA256:.+ and now has neither owner nor history/u)
  })
})
