import {execFileSync} from 'node:child_process'
import {copyFileSync, mkdtempSync, renameSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Ep23Error} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {readEvents} from '#src/adapters/label/label-folder.js'
import type {LabelLog} from '#src/adapters/label/label-log.js'
import {openStoredLabels, storedEvents} from '#src/adapters/label/label-store.js'
import {openRaterFile} from '#src/adapters/label/rater-file.js'
import type {LabelEvent} from '#src/domain/label/label-event.js'

let pressed = 0
/** Each pressed in a time of its own, as people do. */
const labelOf = (item: string): LabelEvent => ({
  ...{kind: 'pair', value: 'first', at: '2024-12-04T09:00:00.000Z', item, pass: 1, order: 0, rubric: 'r1'},
  ms: (pressed += 1),
})

interface Kept {
  /** Opens the log of a session that has read so many lines. */
  open: (lines: number) => LabelLog
  /** Which items have labels. */
  items: () => Promise<string[]>
}

const failureOf = (action: Promise<unknown>): Promise<Ep23Error> =>
  action.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error as Ep23Error,
  )

describe('labels of one rater in two sessions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-label-logs-'))
  after(() => rmSync(folder, {recursive: true}))
  const itemsOf = (events: readonly LabelEvent[]): string[] => events.map(({item}) => item)

  const stored = (): Kept => {
    const store = memoryStore()
    return {
      open: lines => openStoredLabels(store, {plan: 'december', rater: 'anna', lines}),
      items: async () => itemsOf(await storedEvents(store, 'december', 'anna')),
    }
  }
  const filed = (): Kept => {
    rmSync(join(folder, 'anna.jsonl'), {force: true})
    return {
      open: lines => openRaterFile(folder, {rater: 'anna', lines}),
      items: async () => itemsOf(await readEvents(folder, 'anna')),
    }
  }

  for (const [where, kept] of Object.entries({'the store': stored, 'a file': filed})) {
    it(`are all in ${where}: the session that was overtaken keeps no more, and says so`, async () => {
      const {open, items} = kept()
      const atWork = open(0)
      await atWork.append(labelOf('1'))
      const atHome = open(1)
      await atHome.append(labelOf('2'))
      await atHome.append(labelOf('3'))
      for (let again = 0; again < 3; again += 1) {
        const failure = await failureOf(atWork.append(labelOf('2')))
        expect(failure).to.include({code: 'BENCHMARK_LABELLED_ELSEWHERE', exit: 75})
        expect(failure.message).to.include('anna')
      }
      await atHome.append(labelOf('4'))
      expect(await items()).to.deep.equal(['1', '2', '3', '4'])
      await Promise.all([atWork.close(), atHome.close()])
    })

    it(`are not written to ${where} by a session that has read fewer of them`, async () => {
      const {open, items} = kept()
      const first = open(0)
      await first.append(labelOf('1'))
      await first.close()
      const late = async () => open(0).append(labelOf('1'))
      expect(await failureOf(late())).to.include({code: 'BENCHMARK_LABELLED_ELSEWHERE'})
      expect(await items()).to.deep.equal(['1'])
    })
  }

  it('are told as kept when the whole line is, and shorter ones follow where a long one had no room', async function () {
    this.timeout(20_000)
    rmSync(join(folder, 'anna.jsonl'), {force: true})
    const program = join(import.meta.dirname, 'programs/label-until-full.ts')
    // A kilobyte, as a disk that is full but for it.
    const limited = ['-c', 'ulimit -f 1; exec "$@"', 'bash', process.execPath, program, folder, '300']
    const told = JSON.parse(
      execFileSync('bash', limited, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}),
    ) as string[]
    expect(told.some(item => item.endsWith('.'))).to.equal(true)
    expect(told.at(-1)).to.match(/^\d+$/u)
    expect(itemsOf(await readEvents(folder, 'anna'))).to.deep.equal(told)
  })

  it('do not go into a file that git has put another one in place of', async () => {
    const {open, items} = filed()
    const log = open(0)
    await log.append(labelOf('1'))
    const path = join(folder, 'anna.jsonl')
    copyFileSync(path, `${path}.pulled`)
    renameSync(`${path}.pulled`, path)
    expect(await failureOf(log.append(labelOf('2')))).to.include({code: 'BENCHMARK_LABELLED_ELSEWHERE'})
    expect(await items()).to.deep.equal(['1'])
    await log.close()
  })
})
