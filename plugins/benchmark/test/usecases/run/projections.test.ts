import {expect} from 'chai'

import type {RunResult} from '#src/domain/run-result.js'
import {projectionsOf} from '#src/usecases/run/projections.js'

import {scenarioOf, SCORES} from '../../sample/run-parts.ts'
import {sampleOf} from '../../sample/samples.ts'

import {assessRun} from '../../sample/run-parts.ts'

const scenario = scenarioOf({name: 'a&b', title: 'A < B | "C" \u0001'})

/** Twenty samples of five channels, or of one; every other score 0.02 higher. */
function resultOf(value: number, channel?: string): RunResult {
  const lines = Array.from({length: 20}, (_, number) => ({
    ...sampleOf(number),
    ...(channel !== undefined && {channel}),
    origin: 'telegram' as const,
    sample_sha256: '',
    answer: 1,
    repeat: 1,
    scores: Object.fromEntries(SCORES.map(name => [name, {value: value + (number % 2) / 50}])),
    latency_seconds: null,
    truncated_characters: 0,
    usage: null,
    trail: null,
  }))
  return {
    scenario,
    assessment: assessRun(lines, scenario, 'llm'),
    identity: {judge: {signature: 'llm|v:1'}},
    dataset: {merkle_root: 'r', records: 20, proof: {by: 'nothing', manifest: null}},
    duration_seconds: 1,
    finished_at: 't',
    run_id: 'run',
  } as unknown as RunResult
}

const written = async (run: RunResult, name: string): Promise<string> => (await projectionsOf(run))[name] ?? ''

describe('projections of a run', () => {
  it('make JUnit XML of gates, with every sign escaped that XML cannot hold', async () => {
    const xml = await written(resultOf(0.5), 'junit.xml')
    expect(xml)
      .to.include('tests="2" failures="1" errors="0" skipped="0"')
      .and.include('name="a&amp;b"')
      .and.include('<failure message=')
    expect(await written(resultOf(0.95), 'junit.xml')).to.include('failures="0"')
  })

  it('make Markdown that puts the verdict first and keeps tables whole', async () => {
    const markdown = await written(resultOf(0.5), 'report.md')
    expect(markdown.split('\n')[0]).to.include(': fail')
    expect(markdown).to.match(
      /\| coverage mean \| telegram \| 0\.51 \[0\.4\d+, 0\.5\d+\] \| ≥ 0\.88 \/ 0\.8 \| fail \|/u,
    )
  })

  it('make CSV with a line for each score and channel, quoted where needed', async () => {
    const lines = (await written(resultOf(0.5, '@a,"b"'), 'scores.csv')).trim().split('\n')
    expect(lines).to.have.length(1 + SCORES.length * 2)
    expect(lines[2]).to.equal('a&b,telegram,"@a,""b""",coverage,0.51,,,mean,20,0')
  })

  it('are of the language of the run, with names that CI knows tests by as they are', async () => {
    const run: RunResult = {...resultOf(0.5), language: 'ru'}
    const markdown = await written(run, 'report.md')
    expect(markdown).to.match(/^# .+: незачёт\n/u)
    expect(markdown).to.match(
      /\| полнота, среднее \| настоящие \| 0,51 \[0,4\d+; 0,5\d+\] \| ≥ 0,88 \/ 0,8 \| незачёт \|/u,
    )
    expect(markdown).to.include('## настоящие: 20 образцов, доля измеренных 1')
    const xml = await written(run, 'junit.xml')
    expect(xml).to.match(
      /name="coverage mean \(telegram\)"><failure message="0,51 \(0,4\d+ … 0,5\d+\): весь интервал ниже/u,
    )
    expect(await written(run, 'scores.csv')).to.equal(await written(resultOf(0.5), 'scores.csv'))
  })
})
