import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SHIPPED = join(import.meta.dirname, '../../config/retrieval_rerank_config.yaml')
const HOLDER = fileURLToPath(import.meta.resolve('../../plugins/rag/test/adapters/programs/hold-config-lock.ts'))

describe('two owners at once', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let config: string
  let holder: ChildProcess | undefined
  beforeEach(async () => {
    folder = temporaryFolder()
    config = join(folder.path, 'config/retrieval_rerank_config.yaml')
    mkdirSync(join(folder.path, 'config'))
    writeFileSync(config, readFileSync(SHIPPED))
    expect((await run('rag:owner:init')).code).to.equal(0)
  })
  afterEach(() => {
    holder?.kill('SIGKILL')
    holder = undefined
    folder.remove()
  })

  async function run(...args: string[]): Promise<{code: number | null; envelope: ReturnType<typeof JSON.parse>}> {
    const {code, stdout, stderr} = await runEp23([...args, '--json'], {cwd: folder.path})
    return {code, envelope: JSON.parse(stdout || `{"stderr": ${JSON.stringify(stderr)}}`)}
  }
  const set = (key: string, value: string) => run('rag:config:set', key, value, '--why', 'x')
  const files = () => [config, config.replace('.yaml', '.history.jsonl')].map(file => readFileSync(file, 'utf8'))

  it('turns the second one away with 75 and a plain sentence, and writes nothing of it', async () => {
    holder = spawn(process.execPath, [HOLDER, config], {stdio: ['pipe', 'pipe', 'inherit']})
    await once(holder.stdout!, 'data')
    const before = files()
    for (const args of [
      ['rag:config:set', 'retrieval.top_k', '3'],
      ['rag:rollback', '1'],
    ]) {
      const {code, envelope} = await run(...args, '--why', 'x')
      expect(code, args[0]).to.equal(75)
      expect(envelope.error.message).to.include('another ep23 process is changing config/retrieval_rerank_config.yaml')
    }
    expect((await set('retrieval.top_k', '3')).envelope.error.code).to.equal('RAG_CONFIG_BUSY')
    expect((await run('rag:config:verify')).code, 'reading needs no lock').to.equal(0)
    expect(files()).to.deep.equal(before)

    const gone = once(holder, 'exit')
    holder.kill('SIGKILL')
    await gone
    expect((await set('retrieval.top_k', '3')).code, 'a killed process leaves no lock').to.equal(0)
  })

  it('loses no change: each of many at once is in the signed history, or was told to try again', async () => {
    const values = ['3', '4', '5', '6', '7', '8']
    const ends = await Promise.all(values.map(value => set('retrieval.top_k', value)))
    const done = values.filter((_, i) => ends[i]!.code === 0)
    expect(done).not.to.deep.equal([])
    for (const {code, envelope} of ends) expect(code, JSON.stringify(envelope)).to.be.oneOf([0, 75])
    const {envelope} = await run('rag:config:history')
    const written = envelope.data.entries.slice(1).map(({diff}: {diff: {to: number}[]}) => String(diff[0]!.to))
    expect(written.toSorted()).to.deep.equal(done)
    expect((await run('rag:config:verify')).envelope.data).to.include({verdict: 'signed', version: done.length + 1})
  })

  it('tells a folder that may not be written from a lock', async function () {
    const locked = join(folder.path, 'config')
    chmodSync(locked, 0o555)
    const isRoot = process.getuid?.() === 0
    const {code, envelope} = await set('retrieval.top_k', '3')
    chmodSync(locked, 0o755)
    if (isRoot) this.skip()
    expect(code).to.equal(77)
    expect(envelope.error.message).to.include('may not be written')
  })

  it('keeps an empty file beside the configuration, and nothing else', () => {
    expect(statSync(join(folder.path, 'config/.retrieval_rerank_config.lock')).size).to.equal(0)
  })
})
