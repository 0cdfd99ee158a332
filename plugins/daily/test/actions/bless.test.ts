import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {bless} from '#src/actions/bless.js'
import {power} from '#src/actions/power.js'
import {openScoreBoard} from '#src/adapters/score-board.js'
import type {BoardLine} from '#src/domain/board-line.js'
import type {BlessFlags} from '#src/flags.js'

import {boardOf} from '../board-of.ts'

const FLAGS: BlessFlags = {
  from: undefined,
  until: undefined,
  'alarms-per-year': 1,
  adjust: true,
  'dataset-dir': undefined,
  json: true,
}

describe('blessing days', () => {
  let datasetDir: string
  beforeEach(() => (datasetDir = mkdtempSync(join(tmpdir(), 'ep23-bless-'))))
  afterEach(() => rmSync(datasetDir, {recursive: true}))

  const runtime = () => fakeRuntime({settings: {...fakeRuntime().settings, datasetDir}})
  const baseline = () => join(datasetDir, 'daily/baseline.json')

  async function judged(lines: readonly BoardLine[]): Promise<void> {
    const board = await openScoreBoard(join(datasetDir, 'daily/daily.jsonl'), {repair: true})
    for (const line of lines) await board.append(line)
  }

  const refusal = (until?: string) => bless(runtime(), {...FLAGS, until}).catch(error => error)

  it('calls no day good that nobody has judged: those after it would go unwatched until then', async () => {
    await judged(boardOf({days: 30}))
    const found = await refusal('2025-12-31')
    expect(found).to.include({code: 'USAGE', exit: 64})
    expect(found.message).to.equal('--until 2025-12-31: the last day of the board is 2024-01-30')
    expect(existsSync(baseline())).to.equal(false)
    await bless(runtime(), {...FLAGS, until: '2024-01-30'})
    expect(existsSync(baseline())).to.equal(true)
  })

  it('refuses days of which no score varies: nothing would ever alarm', async () => {
    const flat = ({channels}: BoardLine) =>
      Object.fromEntries(Object.entries(channels).map(([name, day]) => [name, {...day, scores: {coverage: 1}}]))
    await judged(boardOf({days: 30}).map(line => ({...line, channels: flat(line)})))
    expect(await refusal()).to.include({code: 'DAILY_BASELINE_FLAT', exit: 65})
    expect(existsSync(baseline())).to.equal(false)
  })

  it('reads no baseline without a score to watch', async () => {
    await judged(boardOf({days: 30}))
    await bless(runtime(), FLAGS)
    writeFileSync(baseline(), JSON.stringify({...JSON.parse(readFileSync(baseline(), 'utf8')), scores: {}}))
    expect(await power(runtime(), {runs: 10}).catch(error => error)).to.include({code: 'DAILY_BAD_FILE', exit: 65})
  })
})
