import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {createRunSummaries} from '#src/adapters/run-summaries.js'
import type {StoredRun} from '#src/domain/run-folder.js'
import type {RunSummary} from '#src/domain/view-summary.js'

import {runResult} from '../sample/runs.ts'

describe('what a viewer remembers of runs', () => {
  const datasetDir = mkdtempSync(join(tmpdir(), 'ep23-summaries-'))
  const cacheFile = join(datasetDir, 'cache/runs.jsonl')
  before(() => {
    for (let run = 0; run < 8; run += 1) {
      const folder = join(datasetDir, 'benchmarks', `2024120${run}T090000Z-00000000000${run}`)
      mkdirSync(folder, {recursive: true})
      writeFileSync(join(folder, 'run.json'), JSON.stringify(runResult({run_id: `run-${run}`})))
    }
  })
  after(() => rmSync(datasetDir, {recursive: true}))

  let read = 0
  async function slowly({folder, run}: StoredRun): Promise<RunSummary> {
    read += 1
    await delay(100)
    const digest = {index: 0, sample_id: '@a:2024-12-01', channel: '@a', day: '2024-12-01', origin: 'telegram' as const}
    const digests = [{...digest, writer: 'w', anew: false, length: 900, scores: [0.5, null]}]
    const named = {run_id: run.run_id, title: 't', instrument: {}, writers: ['w'], verdict: 'pass', finished_at: ''}
    return {folder, head: named as unknown as RunSummary['head'], scores: ['coverage', 'accuracy'], digests}
  }

  it('tells the newest while the rest is read, then all of them, from the cache too', async () => {
    const summaries = createRunSummaries({datasetDir, cacheFile, summarize: slowly})
    const first = await summaries.soon()
    expect(first.runs[0]?.head.run_id).to.equal('run-7')
    expect(first.runs.length).to.be.within(1, 7)
    expect(first.reading).to.be.above(0)
    const all = await summaries()
    expect(all.runs).to.have.length(8)
    expect(await summaries.soon()).to.deep.equal({...all, reading: 0})

    const known = read
    const again = createRunSummaries({datasetDir, cacheFile, summarize: slowly})
    expect(await again()).to.deep.equal(all)
    expect(read).to.equal(known)
  })

  it('looks at digests only when somebody asks for them', async () => {
    const [first] = (await createRunSummaries({datasetDir, cacheFile, summarize: slowly})()).runs
    expect(Object.getOwnPropertyDescriptor(first, 'digests')).to.have.property('get')
    expect(first?.digests[0]).to.include({sample_id: '@a:2024-12-01', writer: 'w', length: 900})
  })

  it('reads again only the run whose line in the cache is damaged', async () => {
    const lines = readFileSync(cacheFile, 'utf8').split('\n')
    writeFileSync(cacheFile, lines.with(3, lines[3]?.slice(0, -20) ?? '').join('\n'))
    const known = read
    expect((await createRunSummaries({datasetDir, cacheFile, summarize: slowly})()).runs).to.have.length(8)
    expect(read).to.equal(known + 1)
  })
})
