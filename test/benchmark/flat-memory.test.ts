import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SAMPLES = 30_000
const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']
/**
 * Of objects and strings; some 18 are enough for as many samples. A row object a sample, or a name and a sum for each value, takes more
 * than 22: the process then dies.
 */
const HEAP = {NODE_OPTIONS: '--max-old-space-size=21'}

describe('the memory of a run and its report', () => {
  const folder = temporaryFolder()
  after(folder.remove)
  // As users have it: counting lines takes memory of its own.
  const ep23 = (...args: string[]) => runEp23([...args, '--quiet'], {cwd: folder.path, env: HEAP, coverage: false})

  it('is some numbers a sample', async () => {
    writeFileSync(join(folder.path, 'digests.jsonl'), Array.from({length: SAMPLES}, (_, i) => lineOf(i)).join(''))
    const dataset = ['-d', 'digests.jsonl', '--dry-run', '-o', 'run']
    const run = await ep23('benchmark:run', '-s', 'channel_digest_ru', ...dataset)
    // Scores of any height pass no gate.
    expect(run.code, run.stderr).to.equal(2)
    const report = await ep23('benchmark:report', 'run', '--details', '5')
    expect(report.code, report.stderr).to.equal(0)
  })
})

/** Scores that are all different, as measured ones are. */
function lineOf(number: number): string {
  const channel = `@channel_${number % 20}`
  const scores = SCORES.map((score, at) => [score, ((number * 7919 + at * 104_729) % 99_991) / 99_991])
  const sample = {
    ...{channel, language: 'ru', sample_id: `${channel}:${number}`, timestamp: '2024-11-04T20:59:59.999Z'},
    ...{source_text: `Пост ${number}`, summary_markdown: `Итог ${number}`, latency_seconds: 1 + number / SAMPLES},
    metadata: {origin: 'telegram', llm_model: 'm', posts_count: 1, time_range_hours: 24, feature_flags: {}},
    ground_truth: {llm_judge: {judge_model: 'j', scores: Object.fromEntries(scores)}},
  }
  return `${JSON.stringify(sample)}\n`
}
