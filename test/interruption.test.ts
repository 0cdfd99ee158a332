import {spawn} from 'node:child_process'
import {once} from 'node:events'
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
      const {code, stderr} = await seedUntil('[3/9]', signal)
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
