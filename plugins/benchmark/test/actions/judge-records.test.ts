import {existsSync, mkdtempSync, rmSync, unlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {fakeRuntime} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {type DailyJudge, judgeRecords} from '#src/actions/judge-records.js'

import {scenarioOf} from '../sample/run-parts.ts'
import {sampleOf} from '../sample/samples.ts'

describe('judging the records of a day', () => {
  let folder: string
  let asked: [sample: string, repeat: number][]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-day-'))
    asked = []
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  /** A judge that gives more to longer summaries, and notes whom it was asked about. */
  function judge(signature = 'length|v:1', model = 'a'): DailyJudge {
    return {
      ...{scenario: scenarioOf({scores: ['coverage']}), name: 'length', signature, model},
      open: async () => ({
        ...{name: 'length', signature, model, scale: 'house', scores: ['coverage']},
        async judge({sample_id, summary_markdown}, {repeat}) {
          asked.push([sample_id, repeat])
          return {scores: {coverage: {value: Math.min(1, summary_markdown.length / 1000)}}}
        },
      }),
    }
  }

  function records(count: number, changes = {}): string {
    const file = join(folder, 'digests.jsonl')
    const lines = Array.from({length: count}, (_, i) => `${JSON.stringify(sampleOf(i, changes))}\n`)
    writeFileSync(file, lines.join(''))
    return file
  }

  const judged = (by: DailyJudge, file: string, occasion = 0) =>
    judgeRecords(fakeRuntime(), by, {file, folder: join(folder, 'run'), occasion})

  it('asks once: a finished run over the same records is read', async () => {
    const file = records(3)
    const first = await judged(judge(), file)
    const second = await judged(judge(), file)
    expect(asked).to.have.length(3)
    expect(second).to.deep.equal(first)
    expect(first.size).to.equal(3)
  })

  it('asks again when a record or the judge is another', async () => {
    await judged(judge(), records(3))
    await judged(judge(), records(3, {summary_markdown: 'Другой дайджест.'}))
    expect(asked).to.have.length(6)
    await judged(judge('length|v:2'), records(3, {summary_markdown: 'Другой дайджест.'}))
    expect(asked).to.have.length(9)
    await judged(judge('length|v:2', 'b'), records(3, {summary_markdown: 'Другой дайджест.'}))
    expect(asked).to.have.length(12)
  })

  it('goes on where a killed run was broken off, or begins anew when the records changed meanwhile', async () => {
    await judged(judge(), records(3))
    unlinkSync(join(folder, 'run/run.json'))
    await judged(judge(), records(4))
    expect(asked).to.have.length(7)
    expect(existsSync(join(folder, 'run/run.json'))).to.equal(true)
  })

  it('asks the same questions anew on another occasion', async () => {
    await judged(judge(), records(1), 19_000)
    expect(asked.map(([, repeat]) => repeat)).to.deep.equal([19_001])
  })
})
