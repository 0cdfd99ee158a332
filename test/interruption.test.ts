import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {cpSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {FIVE, fromFlags} from './helpers/real-channels.ts'
import {runEp23, temporaryFolder, type Ended} from './helpers/run-ep23.ts'

describe('a run that is interrupted', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const seedUntil = (step: string, signal: NodeJS.Signals): Promise<Ended> => {
    let sent = false
    const onStderr = (stderr: string, pid: number): void => {
      if (sent || !stderr.includes(step)) return
      sent = true
      process.kill(pid, signal)
    }
    return runEp23(['dataset:seed', '--until', '2024-12-03', ...fromFlags(FIVE)], {cwd: folder.path, onStderr})
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`by ${signal} exits 130, says how to go on, and still stores its telemetry`, async () => {
      const {code, stderr} = await seedUntil('] Compare with the store', signal)
      expect(code, stderr).to.equal(130)
      expect(stderr.replaceAll(/\s+/gu, ' '))
        .to.include('what was written is kept; run the same command again to go on')
        .and.not.include(' at ')
      const store = await openStore(join(folder.path, '.ep23/store.sqlite'))
      const runs = await Array.fromAsync(
        store.collection<{exit: number; command: string}>('ep23_runs').find({command: 'dataset:seed'}),
      )
      await store.dispose()
      expect(runs.map(({exit}) => exit)).to.deep.equal([130])
    })

  /** Sends the signal once the line is on stderr; resolves with the end and how long it took from the signal on. */
  async function endedBy(
    signal: NodeJS.Signals,
    args: string[],
    line: string,
    env = {},
  ): Promise<Ended & {ms: number}> {
    let sentAt: number | undefined
    const onStderr = (stderr: string, pid: number): void => {
      if (sentAt !== undefined || !stderr.includes(line)) return
      setTimeout(() => {
        sentAt = performance.now()
        process.kill(pid, signal)
      }, 300)
      sentAt = Infinity
    }
    const ended = await runEp23(args, {cwd: folder.path, onStderr, env, coverage: false})
    return {...ended, ms: performance.now() - (sentAt ?? 0)}
  }

  it('stops soon while it computes: an index of many documents', async () => {
    const words = 'город дорога новость компания учёные станция модель версия язык море погода спорт'.split(' ')
    const text = (seed: number): string =>
      Array.from(
        {length: 120},
        (_, at) => `${words[(seed * 7 + at * at) % words.length]}${(seed * 31 + at) % 977}`,
      ).join(' ')
    mkdirSync(join(folder.path, 'corpus'))
    const lines = Array.from({length: 20_000}, (_, id) => JSON.stringify({_id: `d${id}`, title: '', text: text(id)}))
    writeFileSync(join(folder.path, 'corpus/corpus.jsonl'), lines.join('\n'))
    writeFileSync(join(folder.path, 'queries.jsonl'), '{"_id":"q1","text":"город"}\n')
    writeFileSync(join(folder.path, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\nq1\td1\t1\n')
    mkdirSync(join(folder.path, 'config'))
    cpSync(
      join(import.meta.dirname, '../config/retrieval_rerank_config.yaml'),
      join(folder.path, 'config/retrieval_rerank_config.yaml'),
    )
    const args = ['rag:evaluate', '--corpus', 'corpus', '--queries', 'queries.jsonl', '--qrels', 'qrels.tsv']
    const {code, ms, stderr} = await endedBy('SIGTERM', args, '[1/')
    expect(code, stderr).to.equal(130)
    expect(ms).to.be.below(4000)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`stops soon by ${signal} while it waits for a server that never answers, with --json too`, async () => {
      const silent = createServer(() => undefined)
      silent.unref()
      await once(silent.listen(0, '127.0.0.1'), 'listening')
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`
      await seedWhole()
      const env = {LLM_URL: url, OPENAI_API_KEY: 'sk-none-at-all'}
      const args = [
        'benchmark:run',
        '-j',
        'llm',
        '--model',
        'm',
        '--limit',
        '3',
        '--scenario',
        'channel_digest_ru',
        '--json',
      ]
      const {code, ms, stdout, stderr} = await endedBy(signal, args, '[2/', env)
      silent.closeAllConnections()
      silent.close()
      expect(code, stderr).to.equal(130)
      expect(JSON.parse(stdout)).to.have.nested.property('error.exit', 130)
      expect(ms).to.be.below(4000)
    })

  async function seedWhole(): Promise<void> {
    const {code, stderr} = await runEp23(['dataset:seed', '--until', '2024-12-03', ...fromFlags(FIVE)], {
      cwd: folder.path,
    })
    expect(code, stderr).to.be.oneOf([0, 65])
  }

  it('stops while a command writes posts, and leaves none of them behind', async () => {
    const args = ['daily', '-q', '--from', '@habr=cmd:kill -INT $PPID; sleep 9', '--day', '2024-11-04']
    const temporary = join(folder.path, 'temporary')
    mkdirSync(temporary)
    const {code, stderr} = await runEp23(args, {cwd: folder.path, env: {TMPDIR: temporary}})
    expect(code, stderr).to.equal(130)
    expect(stderr).to.include('interrupted')
    expect(readdirSync(temporary).filter(name => name.startsWith('ep23-'))).to.deep.equal([])
  })

  it('ends at once on a second Ctrl-C', async () => {
    const bin = join(import.meta.dirname, '../bin/run.js')
    const child = spawn(process.execPath, [bin, 'dataset:seed', ...fromFlags(FIVE)], {
      cwd: folder.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    child.kill('SIGINT')
    child.stderr.resume()
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(code ?? signal).to.be.oneOf([130, 'SIGINT'])
  })

  it('is no failure when the reader of its output goes away', async () => {
    const bin = join(import.meta.dirname, '../bin/run.js')
    const child = spawn('sh', ['-c', `"${process.execPath}" "${bin}" doctor --json | head -1; echo "\${PIPESTATUS}"`], {
      cwd: folder.path,
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
    child.stdout.resume()
    await once(child, 'close')
    expect(stderr).to.not.include('unsettled').and.not.include('EPIPE')
  })
})
