import {spawnSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'

import {readConfigFile, writeConfigFile} from '#src/adapters/config-files.js'

describe('writeConfigFile', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
    path = join(folder, 'rag.yaml')
    writeFileSync(path, 'retrieval:\n  top_k: 1\n')
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('writes what reads back', async () => {
    const {values} = await writeConfigFile(path, 'retrieval:\n  top_k: 2 # two\n')
    expect(values.get('retrieval.top_k')).to.equal(2)
    expect(readdirSync(folder)).to.deep.equal(['rag.yaml'])
  })

  it('does not touch the file for a text that would be refused', async () => {
    const error = await writeConfigFile(path, 'retrieval:\n  top_k: none\n').then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error).to.have.property('code', 'RAG_CONFIG_INVALID')
    expect((await readConfigFile(path)).values.get('retrieval.top_k')).to.equal(1)
  })

  it('leaves the old file when the process dies between writing and renaming', () => {
    const program = fileURLToPath(import.meta.resolve('./programs/die-before-rename.ts'))
    const {signal, stderr} = spawnSync(process.execPath, [program, path], {encoding: 'utf8'})
    expect(signal, stderr).to.equal('SIGKILL')
    expect(readFileSync(path, 'utf8')).to.equal('retrieval:\n  top_k: 1\n')
    const left = readdirSync(folder).find(name => name !== 'rag.yaml')!
    expect(readFileSync(join(folder, left), 'utf8')).to.include('top_k: 99')
  })
})
