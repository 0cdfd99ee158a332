import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SHIPPED = join(import.meta.dirname, '../../config/retrieval_rerank_config.yaml')
const FLAG = 'feature_flags.enable_rag_plus_plus'

describe('the retrieval configuration and its owner', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let config: string
  beforeEach(() => {
    folder = temporaryFolder()
    config = join(folder.path, 'config/retrieval_rerank_config.yaml')
    mkdirSync(join(folder.path, 'config'))
    writeFileSync(config, readFileSync(SHIPPED))
  })
  afterEach(() => folder.remove())

  const text = (): string => readFileSync(config, 'utf8')
  const key = (): string => join(folder.path, '.data/rag-owner.key')
  async function run(...args: string[]): Promise<{code: number | null; envelope: ReturnType<typeof JSON.parse>}> {
    const {code, stdout, stderr} = await runEp23([...args, '--json'], {cwd: folder.path})
    const envelope = JSON.parse(stdout || `{"stderr": ${JSON.stringify(stderr)}}`)
    if (envelope.data !== undefined) expect(problemsOfOutput(stdout)).to.deep.equal([])
    return {code, envelope}
  }
  async function dataOf(...args: string[]): Promise<ReturnType<typeof JSON.parse>> {
    const {code, envelope} = await run(...args)
    expect(code, JSON.stringify(envelope)).to.equal(0)
    return envelope.data
  }

  it('ships with a configuration that validates, in the team’s keys', async () => {
    expect(await dataOf('rag:config:validate')).to.include({keys: 17})
    const {settings, signed, rag_plus_plus} = await dataOf('rag:config:show')
    expect(settings).to.deep.include({
      key: 'reranker.llm.temperature_override_env',
      value: 'RAG_RERANK_TEMPERATURE',
      origin: 'file',
    })
    expect(settings).to.deep.include({key: 'retrieval.bm25.k1', value: 0.9, origin: 'default'})
    expect({signed, rag_plus_plus}).to.deep.equal({signed: false, rag_plus_plus: false})
  })

  it('lets the owner set, roll back and see who did what, and keeps every comment', async () => {
    const before = text()
    const {public_key, key_file, fingerprint} = await dataOf('rag:owner:init')
    expect(key_file).to.equal(key())
    expect(statSync(key()).mode & 0o777).to.equal(0o600)
    expect(text()).to.equal(before.replace('public_key: null', `public_key: "${public_key}"`))
    const owned = text()
    expect(await dataOf('rag:config:set', FLAG, 'true', '--why', 'a measured gain')).to.include({version: 2})
    expect(text()).to.equal(owned.replace('enable_rag_plus_plus: false', 'enable_rag_plus_plus: true'))
    expect(await dataOf('rag:config:show')).to.include({signed: true, rag_plus_plus: true, version: 2})
    const pinned = ['rag:config:verify', '--owner', fingerprint, '--least-version']
    expect(await dataOf(...pinned, '2')).to.include({verdict: 'signed', version: 2, owner: fingerprint})
    expect((await run(...pinned, '3')).code).to.equal(2)
    const stranger = `SHA256:${'A'.repeat(43)}`
    expect((await run('rag:config:verify', '--owner', stranger)).code).to.equal(2)
    expect((await dataOf('rag:config:diff', '--from', '1')).changes).to.deep.equal([{key: FLAG, from: false, to: true}])
    expect(await dataOf('rag:rollback', '--why', 'complaints')).to.include({version: 3})
    expect(text()).to.equal(owned)
    const {entries} = await dataOf('rag:config:history')
    expect(entries.map(({action, why}: Record<string, string>) => `${action}: ${why}`)).to.deep.equal([
      'init: the owner takes the configuration over',
      'set: a measured gain',
      'rollback: complaints',
    ])
    expect(entries[1].who).to.match(/.+@.+/u)
    expect((await dataOf('rag:owner:show')).is_owner).to.equal(true)
  })

  it('lets nobody else: exit 77 with a plain sentence, and nothing is written', async () => {
    for (const args of [
      ['rag:config:set', FLAG, 'true'],
      ['rag:rollback', '1'],
    ]) {
      const {envelope} = await run(...args, '--why', 'x')
      expect(envelope.error.exit, args[0]).to.be.oneOf([64, 77])
    }
    expect((await run('rag:config:set', FLAG, 'true', '--why', 'x')).code).to.equal(77)
    await dataOf('rag:owner:init')
    const owned = text()
    const without = await run('rag:config:set', FLAG, 'true', '--why', 'x', '--key', 'nowhere.key')
    expect(without.code).to.equal(77)
    expect(without.envelope.error.message).to.include('only the owner').and.include('nowhere.key')
    const other = join(folder.path, 'other')
    mkdirSync(join(other, 'config'), {recursive: true})
    writeFileSync(join(other, 'config/retrieval_rerank_config.yaml'), readFileSync(SHIPPED))
    await runEp23(['rag:owner:init'], {cwd: other})
    for (const args of [
      ['rag:config:set', FLAG, 'true'],
      ['rag:rollback', '1'],
    ]) {
      const stranger = await run(...args, '--why', 'x', '--key', join(other, '.data/rag-owner.key'))
      expect(stranger.code, args[0]).to.equal(77)
    }
    expect((await run('rag:owner:init', '--key', 'second.key')).code).to.equal(77)
    expect(text()).to.equal(owned)
  })

  it('finds a flag that was switched on by hand, does not let it count, and brings back what was signed', async () => {
    await dataOf('rag:owner:init')
    const owned = text()
    writeFileSync(config, owned.replace('enable_rag_plus_plus: false', 'enable_rag_plus_plus: true'))
    const {code, envelope} = await run('rag:config:verify')
    expect(code).to.equal(2)
    expect(envelope.data.changed).to.deep.equal([{key: FLAG, from: false, to: true}])
    expect(await dataOf('rag:config:show')).to.include({signed: false, rag_plus_plus: false})
    expect((await run('rag:config:set', 'retrieval.top_k', '3', '--why', 'x')).code).to.equal(65)
    await dataOf('rag:rollback', '1', '--why', 'edited by hand')
    expect(text()).to.equal(owned)
    expect(await dataOf('rag:config:verify')).to.include({verdict: 'signed', version: 2})
  })

  it('remembers the owner: files that somebody else signed whole do not switch RAG++ on, nor files elsewhere', async () => {
    const {fingerprint} = await dataOf('rag:owner:init')
    await dataOf('rag:config:set', FLAG, 'true', '--why', 'a measured gain')
    expect(await dataOf('rag:config:show')).to.deep.include({rag_plus_plus: true, findings: []})
    const elsewhere = join(folder.path, 'elsewhere.yaml')
    for (const path of [config, elsewhere]) {
      writeFileSync(path, readFileSync(SHIPPED))
      rmSync(path.replace('.yaml', '.history.jsonl'), {force: true})
      const forged = ['--rag-config', path, '--key', join(folder.path, `${path === config ? 'a' : 'b'}.key`)]
      await dataOf('rag:owner:init', ...forged)
      await dataOf('rag:config:set', FLAG, 'true', '--why', 'theft', ...forged)
      const shown = await dataOf('rag:config:show', '--rag-config', path)
      expect(shown, path).to.include({signed: false, rag_plus_plus: false})
      expect(shown.findings.join(), path).to.include(fingerprint)
      const {code, envelope} = await run('rag:config:verify', '--rag-config', path)
      expect(code).to.equal(2)
      expect(envelope.data.findings).to.deep.equal(shown.findings)
    }
  })

  it('finds a history that was changed, cut or signed by another key', async () => {
    await dataOf('rag:owner:init')
    await dataOf('rag:config:set', 'retrieval.top_k', '20', '--why', 'recall')
    await dataOf('rag:config:set', 'retrieval.top_k', '30', '--why', 'more')
    const path = config.replace('.yaml', '.history.jsonl')
    const history = readFileSync(path, 'utf8')
    const [first, second, third] = history.trim().split('\n')
    for (const [changed, finding] of [
      [history.replace('"why":"recall"', '"why":"as ordered"'), 'entry 2 of the history is not signed'],
      [`${first}\n${third}\n`, 'entry 2 of the history does not follow'],
      [`${first}\n${second}\n`, 'edited by hand: retrieval.top_k from 20 to 30'],
    ] as const) {
      writeFileSync(path, changed)
      const {code, envelope} = await run('rag:config:verify')
      expect(code).to.equal(2)
      expect(envelope.data.findings.join('; ')).to.include(finding)
    }
    writeFileSync(path, history)
    writeFileSync(config, JSON.parse(second!).content)
    expect((await run('rag:config:verify')).envelope.data.findings[0]).to.include('is at version 2, the history at 3')
  })

  it('refuses a key inside a repository, and one that others may read', async () => {
    mkdirSync(join(folder.path, '.git'))
    const inside = await run('rag:owner:init', '--key', 'keys/owner.key')
    expect(inside.code).to.equal(64)
    expect(inside.envelope.error.message).to.include('a private key does not belong there')
    expect(existsSync(join(folder.path, 'keys'))).to.equal(false)
    const outside = temporaryFolder()
    const owner = join(outside.path, 'owner.key')
    await dataOf('rag:owner:init', '--key', owner)
    chmodSync(owner, 0o644)
    const open = await run('rag:config:set', 'retrieval.top_k', '3', '--why', 'x', '--key', owner)
    expect(open.code).to.equal(77)
    expect(open.envelope.error.message).to.include('open to others')
    outside.remove()
  })

  it('refuses wrong keys and values for the owner too', async () => {
    await dataOf('rag:owner:init')
    for (const [name, value] of [
      ['retrieval.topk', '3'],
      ['retrieval.top_k', 'many'],
      ['owner.public_key', 'null'],
    ] as const)
      expect((await run('rag:config:set', name, value, '--why', 'x')).code, name).to.equal(64)
    expect((await run('rag:config:set', 'retrieval.top_k', '3', '--why', ' ')).code).to.equal(64)
  })
})
