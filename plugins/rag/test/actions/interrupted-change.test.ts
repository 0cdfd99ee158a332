import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {fakeRuntime, inEnglish} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {rollbackConfig} from '#src/actions/change-config.js'
import {initOwner} from '#src/actions/owner.js'
import {verifyConfigFile} from '#src/actions/show-config.js'

describe('a change that is killed between the history and the configuration', () => {
  it('leaves the old file whole, is found by name, and is completed by a rollback to its version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep23-test-'))
    const config = join(folder, 'rag.yaml')
    const flags = {'rag-config': config, config: undefined, key: join(folder, 'owner.key'), dataDir: folder, why: 'x'}
    writeFileSync(config, 'retrieval:\n  top_k: 10 # ten\n')
    await initOwner(fakeRuntime(), flags)
    const before = readFileSync(config, 'utf8')

    const program = fileURLToPath(import.meta.resolve('./programs/die-after-history.ts'))
    const {signal, stderr} = spawnSync(process.execPath, [program, folder], {encoding: 'utf8'})
    expect(signal, stderr).to.equal('SIGKILL')
    expect(readFileSync(config, 'utf8')).to.equal(before)
    const {findings, version} = await verifyConfigFile(config, {dataDir: folder})
    expect(version).to.equal(1)
    expect(inEnglish(findings).join()).to.include('is at version 1, the history at 2: a write was interrupted')

    await rollbackConfig(fakeRuntime(), flags, 2)
    expect(readFileSync(config, 'utf8')).to.equal(before.replace('10 #', '99 #'))
    expect((await verifyConfigFile(config, {dataDir: folder})).verdict).to.equal('signed')
    rmSync(folder, {recursive: true, force: true})
  })
})
