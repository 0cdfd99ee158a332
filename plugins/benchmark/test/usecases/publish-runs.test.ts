import {expect} from 'chai'
import {assert, constantFrom, property, string} from 'fast-check'

import type {RunResult} from '#src/domain/run-result.js'
import {BEGIN, END, newPage, publishRuns} from '#src/usecases/publish-runs.js'

import {facts, runResult, type RunChanges} from '../sample/runs.ts'

const nothing = facts(null, {measured: 0})

function judgedRun(changes: RunChanges = {}, estimate = 0.8): RunResult {
  const run = runResult(changes)
  const score = {
    mean: facts(estimate),
    clustered_mean: facts(estimate, {low: estimate - 0.1, high: estimate + 0.1}),
    p10: facts(0.7),
    worst: 0.5,
    unmeasured: {},
    by_channel: {},
    variance: null,
  }
  const latency_seconds = {p50: facts(12.34), p90: nothing, p95: facts(99.9), p99: nothing}
  const by_origin = {telegram: {samples: 150, measured_share: 1, scores: {coverage: score}, latency_seconds}}
  return {...run, assessment: {...run.assessment, by_origin}}
}

const publish = (text: string | undefined, ...runs: RunResult[]) => publishRuns(text, runs, 'page.md')

describe('publishing runs', () => {
  it('makes a page with markers when there is none', () => {
    const {text, changed, rows} = publish(undefined, judgedRun())
    expect({changed, rows}).to.deep.equal({changed: true, rows: 1})
    expect(text).to.match(/^# Performance benchmarks\n/u)
    expect(text).to.include(
      '| channel_digest_ru | lexical | 150 telegram | `aaaaaaaaaaaa` | coverage 0.800 [0.700, 0.900] | 12.3 / 99.9 | pass | test × 2, Node v24 | 2024-12-04 | `20241204T090000Z-000000000001` |',
    )
  })

  it('changes nothing the second time', () => {
    const {text} = publish(undefined, judgedRun())
    expect(publish(text, judgedRun())).to.deep.include({text, changed: false})
  })

  it('replaces the row of the same scenario, judge and kind of samples, and keeps the others', () => {
    const {text} = publish(undefined, judgedRun(), judgedRun({run_id: 'of-another-prompt', prompt: 'digest-ru-2'}))
    const newer = publish(text, judgedRun({run_id: 'newer'}, 0.9))
    expect(newer.run_ids).to.have.members(['newer', 'of-another-prompt'])
    expect(newer.text).to.include('0.900 [0.800, 1.000]').and.not.include('20241204T090000Z-000000000001')
  })

  it('gives a part of the samples, a dry run and one that was stopped a row of its own', () => {
    const whole = judgedRun()
    const limited = {...judgedRun({run_id: 'limited'}), dataset: {...whole.dataset, records: 1, left_out: 149}}
    const {text} = publish(undefined, whole)
    const parts = publish(text, limited, {...judgedRun({run_id: 'dry'}), dry_run: true})
    expect(parts.run_ids).to.have.members([whole.run_id, 'limited', 'dry'])
    expect(parts.text).to.include('| 150 telegram |').and.include('| 150 telegram, 149 left out |')
    const later = {...limited, run_id: 'later', dataset: {...limited.dataset, left_out: 148}}
    expect(publish(parts.text, later).run_ids).to.have.members([whole.run_id, 'later', 'dry'])
  })

  it('leaves every byte outside the markers alone, whatever it is', () => {
    const anything = string({unit: 'binary', maxLength: 80}).filter(text => !text.includes('ep23:benchmarks'))
    assert(
      property(anything, anything, constantFrom('\n', '\r\n'), (before, after, lineEnd) => {
        const page = `${before}${BEGIN}${lineEnd}${END}${after}`
        const {text} = publish(page, judgedRun())
        expect(text.startsWith(`${before}${BEGIN}${lineEnd}`)).to.equal(true)
        expect(text.endsWith(`${lineEnd}${END}${after}`)).to.equal(true)
        expect(publish(text, judgedRun()).text).to.equal(text)
      }),
    )
  })

  it('keeps a name with a pipe, a backslash or a line break in its cell', () => {
    const run = judgedRun()
    const odd = {...run, hardware: {...run.hardware, cpu: 'a|b\\|c\\\nd'}}
    const {text} = publish(undefined, odd)
    expect(publish(text, judgedRun({run_id: 'x', prompt: 'other'})).rows).to.equal(2)
    expect(publish(text, odd).changed).to.equal(false)
  })

  it('says what was not measured', () => {
    const run = judgedRun()
    const unmeasured = {
      samples: 1,
      measured_share: 0,
      scores: {},
      latency_seconds: {p50: nothing, p90: nothing, p95: nothing, p99: nothing},
    }
    const {text} = publish(undefined, {...run, assessment: {...run.assessment, by_origin: {synthetic: unmeasured}}})
    expect(text).to.include('1 synthetic').and.include('not measured')
  })

  for (const [name, page] of [
    ['without markers', '# nothing'],
    ['with a marker twice', `${newPage()}${BEGIN}`],
    ['with the markers the wrong way round', `${END}\n${BEGIN}`],
    ['with a table of another shape', `${BEGIN}\n| a |\n| --- |\n| 1 |\n${END}`],
  ] as const)
    it(`refuses a page ${name}, with the reason`, () => {
      expect(() => publish(page, judgedRun()))
        .to.throw(/page\.md cannot be updated: /u)
        .with.property('exit', 65)
    })
})
