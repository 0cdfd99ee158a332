import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {EXIT} from '@ep23/sdk'
import {expect} from 'chai'

import {storeManyDocuments} from './helpers/many-documents.ts'
import {runEp23, temporaryFolder, type Ended} from './helpers/run-ep23.ts'

/** When the signal comes, in milliseconds after the first step is begun: each command works for at least twice as long. */
const COMMANDS: [after: number[], ...command: string[]][] = [
  [[1000, 2000], 'dataset:audit', '--until', '2024-12-03', '--days', '100'],
  [[100, 300], 'exporters:run', 'digests', '--window', 'all', '--output', 'out'],
  [[3000], 'exporters:verify', '--window', 'all'],
  [[1000, 3000], 'benchmark:run', '--scenario', 'channel_digest_ru', '--judge', 'lexical', '--allow-undecided'],
]

describe('a command at work on 20,000 documents', function () {
  this.timeout(300_000)
  const folder = temporaryFolder()
  const store = join(folder.path, 'store.sqlite')
  before(() => storeManyDocuments(store, {channels: 100, days: 100}))
  after(() => folder.remove())

  for (const [moments, command = '', ...flags] of COMMANDS)
    for (const afterMs of moments)
      it(`${command} ends within 2 s of SIGTERM that comes ${afterMs / 1000} s after its first step`, async () => {
        const cwd = join(folder.path, `${command.replace(':', '-')} ${afterMs}`)
        mkdirSync(cwd)
        const {code, ms, stderr} = await endedBySigterm([command, ...flags], cwd, afterMs)
        expect(code, stderr).to.equal(EXIT.interrupted)
        expect(ms).to.be.below(2000)
      })

  it('benchmark:calibrate ends within 2 s of SIGTERM while it compares 4,000 labels with resamples', async () => {
    const cwd = join(folder.path, 'labels')
    mkdirSync(cwd)
    writeFileSync(join(cwd, 'labels.jsonl'), Array.from({length: 4000}, (_, row) => labelOf(row)).join('\n'))
    const {code, ms, stderr} = await endedBySigterm(['benchmark:calibrate', '--labels', 'labels.jsonl'], cwd, 3000)
    expect(code, stderr).to.equal(EXIT.interrupted)
    expect(ms).to.be.below(2000)
  })

  async function endedBySigterm(args: string[], cwd: string, afterMs: number): Promise<Ended & {ms: number}> {
    let sentAt: number | undefined
    let timer: NodeJS.Timeout | undefined
    // Not from the start of the process: on a busy machine it does not listen for signals yet.
    const onStderr = (stderr: string, pid: number): void => {
      if (!stderr.includes('[1/')) return
      timer ??= setTimeout(() => {
        sentAt = performance.now()
        process.kill(pid, 'SIGTERM')
      }, afterMs)
    }
    const ended = await runEp23(args, {cwd, env: {EP23_STORE: store}, onStderr, killAfter: 60_000, coverage: false})
    clearTimeout(timer)
    if (sentAt === undefined) throw new Error(`${args[0]} ended before the signal, after less than ${afterMs} ms`)
    return {...ended, ms: performance.now() - sentAt}
  }
})

function labelOf(row: number): string {
  const told = ['открыли станцию метро', 'закрыли мост', 'построили школу', 'купили автобусы'].map(
    fact => `В районе номер ${row} ${fact}.`,
  )
  const summary = told.slice(0, (row % 4) + 1).join(' ')
  return JSON.stringify({key: `l${row}`, source: told.join(' '), summary, human_score: (row % 4) + (row % 3) / 4})
}
