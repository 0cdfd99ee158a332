import {appendFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

import {reportOnLabels} from '#src/actions/label-reports.js'
import {openPlan, writePlan} from '#src/adapters/label/label-folder.js'
import {hashText} from '#src/adapters/sha256.js'
import type {LabelEvent, PairAnswer} from '#src/domain/label/label-event.js'
import type {LabelReportData} from '#src/usecases/label/report-labels.js'
import {canonicalLine} from '@ep23/plugin-exporters'

import {coverageOf, type LabelledChanges, labelledPlan, pairsOf} from '../sample/labelled.ts'

type Lines = Readonly<Record<string, readonly LabelEvent[]>>

interface Fit {
  pairs: readonly [first: number, second: number, score: number, cluster: number][]
  strengths: readonly number[]
}

/** Values of FastChat's own fit; how they were made stands beside them. */
const FASTCHAT = JSON.parse(
  readFileSync(new URL('../../../../packages/statistics/test/fixtures/preference.json', import.meta.url), 'utf8'),
) as {fits: readonly Fit[]}

describe('the report on the files of labels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-labels-'))
  after(() => rmSync(folder, {recursive: true}))

  /** What is said of a plan that lies on the disk, with a file for each rater. */
  async function reportOn(
    name: string,
    count: number,
    lines: Lines,
    changes: LabelledChanges,
  ): Promise<LabelReportData> {
    const {plan, key} = labelledPlan(count, lines, changes)
    const items = plan.items.map(({item}) => ({item, posts: ['Пост.'], texts: ['Текст.', 'Другой текст.']}))
    const planned = plan.items.map((each, i) => ({...each, sha256: hashText(canonicalLine(items[i] ?? {}))}))
    const path = join(folder, name)
    await writePlan(path, {plan: {...plan, items: planned}, key, items})
    const {rubricId: rubric} = await openPlan(path)
    for (const [rater, events] of Object.entries(lines))
      for (const event of events)
        appendFileSync(join(path, `${rater}.jsonl`), `${JSON.stringify({...event, rubric})}\n`)
    // Files alone: nothing of the runtime is asked for.
    const flags = {'labels-dir': folder, 'labels-in': 'files', json: true, seed: 1, resamples: 100} as const
    return (await reportOnLabels({} as never, path, flags)).data
  }

  it('gives Krippendorff’s 0.815 of four raters, ordinal, and 0.691 of three, nominal', async () => {
    const four = {
      anna: coverageOf('1 2 3 3 2 1 4 1 2 * * *'),
      boris: coverageOf('1 2 3 3 2 2 4 1 2 5 * 3'),
      vera: coverageOf('* 3 3 3 2 3 4 2 2 5 1 *'),
      gleb: coverageOf('1 2 3 3 2 4 4 1 2 5 1 *'),
    }
    const scored = (await reportOn('four', 12, four, {})).agreement.find(({measure}) => measure === 'coverage')
    expect(scored?.alpha?.estimate).to.be.closeTo(0.815, 5e-4)
    const three = {
      anna: pairsOf(asPairs('* * * * * 3 4 1 2 1 1 3 3 * 3')),
      boris: pairsOf(asPairs('1 * 2 1 3 3 4 3 * * * * * * *')),
      vera: pairsOf(asPairs('* * 2 1 3 4 4 * 2 1 1 3 3 * 4')),
    }
    const [paired] = (await reportOn('three', 15, three, {mode: 'pair'})).agreement
    expect(paired?.alpha?.estimate).to.be.closeTo(0.691358, 5e-7)
  })

  it('gives FastChat’s strengths of writers, whichever text was shown first', async () => {
    const ofSeveral = FASTCHAT.fits.filter(({strengths}) => strengths.length > 2)
    expect(ofSeveral).to.not.have.length(0)
    for (const [index, {pairs, strengths}] of ofSeveral.entries()) {
      const answers = pairs.map(([, , score], item) => answerOf(score, item % 2 === 1))
      const lines = {anna: answers.flatMap((answer, item) => shownAt(item, answer))}
      const {preferences} = await reportOn(`pairs-${index}`, pairs.length, lines, {
        mode: 'pair',
        writersOf: item => [`w${pairs[item]?.[0]}`, `w${pairs[item]?.[1]}`],
        sourceOf: item => `c${pairs[item]?.[3]}`,
      })
      expect(preferences?.differences).to.have.length((strengths.length * (strengths.length - 1)) / 2)
      for (const {a, b, probability} of preferences?.differences ?? []) {
        const [one = NaN, other = NaN] = [a, b].map(name => strengths[namesOf(pairs).indexOf(name)])
        expect(probability.estimate, `${a} ${b}`).to.be.closeTo(1 / (1 + Math.exp(other - one)), 1e-6)
      }
    }
  })
})

function asPairs(labels: string): (PairAnswer | undefined)[] {
  const answers = ['first', 'second', 'tie', 'both_bad'] as const
  return labels.split(' ').map(label => (label === '*' ? undefined : answers[Number(label) - 1]))
}

/** Turned round where the second text was shown first. */
function answerOf(score: number, isTurned: boolean): PairAnswer {
  if (score === 0.5) return 'tie'
  return (score === 1) === isTurned ? 'second' : 'first'
}

function shownAt(item: number, answer: PairAnswer): LabelEvent[] {
  const places = Array.from<undefined>({length: item})
  return pairsOf([...places, answer], item % 2 === 1 ? 1 : 0)
}

/** Until the plan is revealed, writers are called by letters in the order in which they come. */
function namesOf(pairs: Fit['pairs']): string[] {
  const seen = [...new Set(pairs.flatMap(([one, other]) => [one, other]))]
  const players = Math.max(...seen) + 1
  return Array.from({length: players}, (_, player) => `writer ${String.fromCodePoint(0x41 + seen.indexOf(player))}`)
}
