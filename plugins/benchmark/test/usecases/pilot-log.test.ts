import {verbatim} from '@ep23/sdk'
import {expect} from 'chai'

import {compareOrRefuse} from '#src/usecases/compare/compare-runs.js'
import {renderPilotLog} from '#src/usecases/pilot-log.js'
import {matrixMarkdown} from '#src/usecases/view/render-matrix.js'

import {comparable, comparedSamples, SCORES} from '../sample/runs.ts'

const samples = comparedSamples(index => Object.fromEntries(SCORES.map(name => [name, index / 150])), {
  latency_seconds: 1,
})
const [dry, live] = [comparable('dry', samples, {signature: 'other|v:1'}), comparable('live', samples)]
/** What stays in Russian: names that machines, files and people have. */
const NAMES =
  /`[^`]*`|\b(?:channel_digest_ru|lexical|telegram|Node|ep23|RAG|p50|p95|SHA|test|linux|dry|live|judge|signature|measure|other|tok|by|none)\b/gu

const englishIn = (text: string): string[] => text.replaceAll(NAMES, ' ').match(/(?<![\w-])[a-z]{3,}/giu) ?? []

describe('Markdown for people who read Russian', () => {
  const logOf = (comparison: ReturnType<typeof compareOrRefuse>, language: 'en' | 'ru') =>
    renderPilotLog(
      {
        ...{
          scenario: 'channel_digest_ru',
          dry_run: {...dry.run, folder: ''},
          live_run: {...live.run, folder: ''},
          comparison,
          log_path: 'log.md',
        },
        against: verbatim('dry'),
        evidence: [{what: verbatim('—'), path: 'run.json', sha256: 'a'}],
      },
      language,
    )

  it('is a whole pilot log, with the comparison or why there is none', async () => {
    const same = compareOrRefuse(live, live)
    expect(await logOf(same, 'en')).to.match(/^Verdict: \*\*no difference\*\*$/mu)
    const compared = await logOf(same, 'ru')
    expect(compared).to.include('Итог: **без разницы**').and.include('- [ ] Инженер данных: ____')
    const refused = await logOf(compareOrRefuse(dry, live), 'ru')
    expect(refused).to.include('judge.signature').and.include('(нет)')
    expect([englishIn(compared), englishIn(refused)]).to.deep.equal([[], []])
  })

  it('is a matrix of writers and judges', async () => {
    const cell = {writer: 'w', judge: 'j', score: 'coverage', mean: 0.5, low: 0.4, high: 0.6, shared: null, anew: true}
    const matrix = {scores: ['coverage'], cells: [{...cell, standing: 'best'}]} as unknown as Parameters<
      typeof matrixMarkdown
    >[0]
    const text = await matrixMarkdown(matrix, 'ru')
    expect(text).to.include('## полнота').and.include('| 0,500 | 0,400 … 0,600 | — |')
    // A comment is not shown.
    expect(englishIn(text.replace(/<!--.*?-->/u, ''))).to.deep.equal([])
  })
})
