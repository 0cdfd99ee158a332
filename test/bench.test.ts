import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {type Contest, hold} from '../bench/harness/contest.ts'
import {withBaseline} from '../bench/harness/setting.ts'
import {compareResults, markdownTable, type Results} from '../bench/harness/table.ts'

const BENCH = join(import.meta.dirname, '../bench/run.ts')

/** Contestants that have these figures, round by round. */
function contestOf(ep23: number[], peer: number[]): Contest {
  const [ours, theirs] = [[...ep23], [...peer]]
  return {
    name: 'work',
    unit: 'ms',
    better: 'lower',
    baseline: 'peer',
    aim: 0.6,
    contestants: [
      {name: 'ep23', measure: () => ours.shift() ?? Number.NaN},
      {name: 'peer', measure: () => theirs.shift() ?? Number.NaN},
    ],
  }
}

const figuresOf = async (ep23: number[]) => ({figures: await hold(contestOf(ep23, [10, 20, 40]), ep23.length)})

describe('npm run bench', () => {
  it('takes ratios round by round, so that a machine that slows down disturbs none', async () => {
    const {figures} = await figuresOf([5, 10, 20])
    expect(figures[0]).to.deep.include({
      value: {median: 10, low: 5, high: 20},
      ratio: {median: 0.5, low: 0.5, high: 0.5},
    })
    expect(markdownTable({figures})).to.contain('0.5 (0.5–0.5) × peer | at most 0.6: met')
  })

  it('calls a figure slower or faster only where the rounds of both runs are apart', async () => {
    const before = await figuresOf([5, 10, 20])
    const verdictOf = async (ep23: number[]) => compareResults(await figuresOf(ep23), before)[0]
    expect(await verdictOf([10, 20, 40])).to.include({verdict: 'slower', factor: 0.5})
    expect(await verdictOf([2, 4, 8])).to.include({verdict: 'faster', factor: 2.5})
    expect(await verdictOf([5, 12, 24])).to.include({verdict: 'within noise'})
    expect(compareResults(await figuresOf([5]), {figures: []})[0]).to.include({verdict: 'new'})
  })

  it('measures without a peer that cannot be had', () => {
    const contest = contestOf([1], [1])
    const alone = withBaseline({...contest, contestants: contest.contestants.slice(0, 1)})
    expect(alone).to.include({baseline: 'ep23'}).and.not.have.property('aim')
  })

  it('runs, writes its table and compares with an earlier one', function () {
    this.timeout(60_000)
    const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-test-'))
    const old = join(folder, 'old.json')
    const args = ['--small', '--only', 'ranking', '--rounds', '1', '--output', folder, '--compare', old]
    try {
      writeFileSync(old, JSON.stringify({commit: 'abc', date: '2026-01-01', figures: []}))
      const said = execFileSync(process.execPath, [BENCH, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const {figures} = JSON.parse(readFileSync(join(folder, 'benchmarks.json'), 'utf8')) as Results
      expect(figures.map(({contestant}) => contestant)).to.deep.equal(['ep23'])
      expect(readFileSync(join(folder, 'benchmarks.md'), 'utf8')).to.contain('nDCG@10, AP and RR of 5 queries')
      expect(said).to.contain('against abc of 2026-01-01')
    } finally {
      rmSync(folder, {recursive: true})
    }
  })
})
