import {expect} from 'chai'
import {hasCode} from '@ep23/sdk'

import {compareRuns, COMPARE_DEFAULTS} from '#src/usecases/compare/compare-runs.js'
import {comparisonMessage} from '#src/domain/messages/comparison-message.js'
import {plainText} from '@ep23/sdk/testing'

import {renderComparison} from '#src/usecases/compare/render-comparison.js'

import {comparable, comparedSamples, SCORES} from '../../sample/runs.ts'

const steady = (value: (index: number) => number) => (index: number) =>
  Object.fromEntries(SCORES.map(name => [name, value(index)]))
const noise = (index: number) => ((index * 7919) % 101) / 1000
const before = comparable('before', comparedSamples(steady(index => 0.6 + noise(index))))

function compareTo(value: (index: number) => number, options = {}) {
  const after = comparable('after', comparedSamples(steady(value)))
  return compareRuns(before, after, {...COMPARE_DEFAULTS, ...options})
}

function thrownBy(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

const swinging = (index: number) => 0.6 + (index % 2 === 0 ? 0.3 : -0.3)

function week(start: number) {
  return before.samples.filter(({sample_id}) => {
    const day = Number(sample_id.slice(-2))
    return sample_id.includes('2024-11') && day >= start && day < start + 7
  })
}

/** Every other sample synthetic, with this score; the real ones always the same. */
function mixed(value: number) {
  return comparedSamples(steady(noise)).map((sample, index) =>
    index % 2 === 0 ? {...sample, origin: 'synthetic' as const, scores: steady(() => value)(index)} : sample,
  )
}

function timed(seconds: number) {
  const samples = comparedSamples(steady(noise))
  return comparable(
    `${seconds} s`,
    samples.map((sample, index) => ({...sample, latency_seconds: seconds + index / 100})),
  )
}

describe('comparing two runs', () => {
  it('finds no difference between two runs of the same scores', () => {
    const {verdict, by_origin} = compareTo(index => 0.6 + noise(index))
    expect(verdict).to.equal('no_difference')
    expect(by_origin.telegram?.metrics.map(({test}) => test?.p_holm)).to.deep.equal([1, 1, 1, 1])
    expect(by_origin).to.not.have.property('synthetic')
  })

  it('says of a run and itself that nothing was compared', () => {
    const comparison = compareRuns({...before, name: 'main'}, before, COMPARE_DEFAULTS)
    const {headline, sentences} = comparisonMessage(comparison)
    expect(headline.en).to.equal('Nothing was compared: both sides are the same run')
    expect(sentences).to.deep.equal([])
    expect(comparison.remarks[0]).to.deep.equal({code: 'same_run', run_id: 'before'})
  })

  it('calls a drop in all samples worse, and a rise better', () => {
    expect(compareTo(index => 0.55 + noise(index)).verdict).to.equal('worse')
    expect(compareTo(index => 0.65 + noise(index)).verdict).to.equal('better')
  })

  it('calls a certain but tiny drop worse: the margin is for its absence alone', () => {
    expect(compareTo(index => 0.599 + noise(index)).verdict).to.equal('worse')
  })

  it('says of such a drop that it is smaller than what matters', () => {
    const {headline} = comparisonMessage(compareTo(index => 0.599 + noise(index)))
    expect(headline.en).to.match(/^Surely worse, but by less than 0\.02: coverage −0\.001; /u)
    expect(headline.ru).to.match(/^Хуже наверняка, но меньше чем на 0\.02: полнота −0\.001; /u)
  })

  it('is undecided where the interval is wider than the margin', () => {
    const {verdict, by_origin} = compareTo(swinging)
    expect(verdict).to.equal('undecided')
    expect(by_origin.telegram?.metrics[0]?.reason).to.match(
      /neither a change nor its absence is shown: 150 pairs find a change of 0\.0\d+ in 80 % of cases/u,
    )
  })

  it('drops what one run did not measure, counts it, and never takes it for 0', () => {
    const after = comparable(
      'after',
      comparedSamples(index => ({...steady(i => 0.6 + noise(i))(index), ...(index < 5 ? {coverage: undefined} : {})})),
    )
    const {by_origin} = compareRuns(before, after, COMPARE_DEFAULTS)
    expect(by_origin.telegram?.metrics[0]).to.include({metric: 'coverage', pairs: 145, dropped: 5})
    expect(by_origin.telegram?.metrics[0]?.difference.estimate).to.equal(0)
  })

  /** The scores before, of which the last have no coverage in the later run, or this one. */
  const without = (missing: number, {shift = 0, coverage}: {shift?: number; coverage?: number | undefined} = {}) =>
    comparable(
      'after',
      comparedSamples(index => ({
        ...steady(i => 0.6 + noise(i) + shift)(index),
        ...(index >= 150 - missing ? {coverage} : {}),
      })),
    )
  const coverageOf = (after: typeof before, options = {}) =>
    compareRuns(before, after, {...COMPARE_DEFAULTS, ...options}).by_origin.telegram?.metrics[0]

  it('claims of no difference what the pairs show, and says what is too rare for them', () => {
    const first = (run: string, pairs: number) => comparable(run, before.samples.slice(0, pairs))
    const said = (pairs: number) => {
      const comparison = compareRuns(first('x', pairs), first('y', pairs), COMPARE_DEFAULTS)
      expect(comparison.verdict).to.equal('no_difference')
      return comparisonMessage(comparison)
        .sentences.map(({ru, en}) => `${en} | ${ru}`)
        .join('\n')
    }
    // Of what befalls 2 % of digests 150 pairs show nothing in 0.98 ** 150 = 5 % of cases; of 9.8 % 29 pairs do.
    expect(said(150)).to.include(
      '(150 pairs). A large change in fewer than 2.0 % of digests may be missing from these pairs',
    )
    expect(said(29)).to.include('in fewer than 9.8 % of digests').and.include('меньше чем в 9.8 % дайджестов')
    expect(said(29)).to.not.match(/surely|certain|достоверно|наверняка/iu)
  })

  it('shows no difference only where the dropped pairs could not make one, whatever they were', () => {
    const lost = coverageOf(without(7))
    expect(lost).to.deep.include({verdict: 'undecided', pairs: 143, dropped: 7, more: null})
    expect(lost?.cause).to.deep.include({code: 'missing_decide', missing: 7, margin: 0.02})
    expect(lost?.reason)
      .to.match(/^the 143 pairs measured lie within ±0\.02, but the 7 dropped ones \(@naked_science:2024-11-27, /u)
      .and.include('ep23 benchmark:run --resume')
    expect(coverageOf(without(1))).to.include({verdict: 'no_difference', dropped: 1})
    for (const decidedBy of ['sample', 'channel'])
      expect(coverageOf(without(7), {decidedBy})?.verdict).to.equal('undecided')
  })

  it('calls no difference what is one with the missing scores at either end of the scale', () => {
    for (let missing = 0; missing <= 7; missing++) {
      const [shown, ...ends] = [undefined, 0, 1].map(coverage => coverageOf(without(missing, {coverage}))?.verdict)
      const isSame = ends.every(verdict => verdict === 'no_difference')
      if (shown === 'no_difference') expect(isSame, `${missing} missing`).to.equal(true)
    }
  })

  it('says of a change that the dropped pairs could turn it, and not of one that they could not', () => {
    const turned = compareRuns(before, without(7, {shift: 0.01}), COMPARE_DEFAULTS)
    const coverage = turned.by_origin.telegram?.metrics[0]
    expect(coverage?.verdict).to.equal('better')
    expect(coverage?.with_missing?.low).to.be.below(0)
    expect(turned.remarks).to.deep.include({
      code: 'missing_could_turn',
      metric: 'coverage',
      verdict: 'better',
      missing: 7,
    })
    expect(
      comparisonMessage(turned)
        .sentences.map(({en}) => en)
        .join(),
    ).to.include('dropped pairs could turn it: coverage')
    const certain = compareRuns(before, without(7, {shift: -0.3}), COMPARE_DEFAULTS)
    expect(certain.by_origin.telegram?.metrics[0]?.with_missing?.high).to.be.below(0)
    expect(certain.remarks.map(({code}) => code)).to.not.include('missing_could_turn')
  })

  it('refuses when more than 5 % have no measured counterpart, with the counts', () => {
    const after = comparable(
      'after',
      comparedSamples(index => (index < 8 ? {} : steady(i => 0.6 + noise(i))(index))),
    )
    const error = thrownBy(() => compareRuns(before, after, COMPARE_DEFAULTS))
    expect(hasCode(error, 'BENCHMARK_PAIRS_DROPPED')).to.equal(true)
    expect(error).to.have.property('exit', 5)
    expect(error.message).to.include('5.3 %').and.include('8 without')
    expect(compareRuns(before, after, {...COMPARE_DEFAULTS, max_dropped: 0.1}).verdict).to.equal('undecided')
  })

  it('refuses runs of two judges, data sets and prompts, naming every difference', () => {
    const other = comparable('after', before.samples, {
      root: 'c'.repeat(64),
      signature: 'lexical|tok:ru-2|v:1',
      prompt: 'digest-ru-2',
    })
    const error = thrownBy(() => compareRuns(before, other, COMPARE_DEFAULTS))
    expect(error).to.have.property('exit', 65)
    expect(error.message)
      .to.include(`dataset.merkle_root: ${'a'.repeat(64)} -> ${'c'.repeat(64)}`)
      .and.include('judge.signature.tok: ru-1 -> ru-2')
      .and.include('judge.prompt.version: (none) -> digest-ru-2')
  })

  it('pairs other summaries of the same sources with --pair source, and says what to do without', () => {
    const rewritten = comparedSamples(
      steady(index => 0.7 + noise(index)),
      {sample_sha256: 'other'},
    )
    const after = comparable('after', rewritten, {root: 'c'.repeat(64)})
    const error = thrownBy(() => compareRuns(before, after, COMPARE_DEFAULTS))
    expect(error).to.have.property('suggestions').that.includes('other summaries of the same sources: --pair source')
    expect(compareRuns(before, after, {...COMPARE_DEFAULTS, pairing: 'source'})).to.include({
      verdict: 'better',
      pairing: 'source',
    })
  })

  it('never pairs a sample whose source changed', () => {
    const moved = before.samples.map((sample, index) => (index < 4 ? {...sample, source_sha256: 'other'} : sample))
    const {by_origin} = compareRuns(before, comparable('after', moved), {
      ...COMPARE_DEFAULTS,
      pairing: 'source',
      max_dropped: 0.06,
    })
    expect(by_origin.telegram).to.include({aligned: 146, only_before: 4, only_after: 4})
  })

  it('pairs the days of two weeks by channel and place, and says that sources differ', () => {
    const comparison = compareRuns(comparable('one', week(4)), comparable('two', week(11), {root: 'c'.repeat(64)}), {
      ...COMPARE_DEFAULTS,
      pairing: 'day',
    })
    expect(comparison.by_origin.telegram).to.include({aligned: 35, only_before: 0, only_after: 0})
    expect(comparison.notes.join()).to.include('different sources')
    expect(comparison.before.days).to.deep.equal({from: '2024-11-04', to: '2024-11-10'})
    expect(comparison.after.days).to.deep.equal({from: '2024-11-11', to: '2024-11-17'})
  })

  describe('pairs days with several digests', () => {
    /** Digests of six days and seven channels, at these hours of each day, by their ids. */
    const digests = (start: number, hours: Record<string, number>) =>
      Array.from({length: 7}, (_, channel) => `@channel_${channel}`).flatMap(channel =>
        Array.from({length: 6}, (_, day) => `2024-11-${String(start + day).padStart(2, '0')}`).flatMap(date =>
          Object.entries(hours).map(([hour, score]) => ({
            ...(before.samples[0] as (typeof before.samples)[number]),
            ...{channel, sample_id: `${channel}-${date.replaceAll('-', '')}-${hour}0000000`},
            ...{timestamp: `${date}T${hour}:00:00.000Z`, scores: steady(() => score)(0)},
          })),
        ),
      )
    const both = {'08': 0.9, '18': 0.5}
    const compareDays = (one: Record<string, number>, two: Record<string, number>, order = (ids: unknown[]) => ids) => {
      const runs = [
        comparable('one', digests(4, one)),
        comparable('two', order(digests(11, two)) as never[], {root: 'c'}),
      ]
      return (left: number, right: number) =>
        compareRuns(runs[left] as (typeof runs)[0], runs[right] as (typeof runs)[0], {
          ...{...COMPARE_DEFAULTS, pairing: 'day', max_dropped: 0.6},
        })
    }

    it('the first with the first, in whatever order they stand, and none twice', () => {
      const compare = compareDays(both, both, ids => ids.toReversed())
      const {by_origin, verdict} = compare(0, 1)
      expect(by_origin.telegram).to.include({aligned: 84, only_before: 0, only_after: 0})
      expect(by_origin.telegram?.metrics[0]).to.deep.include({mean_before: 0.7, mean_after: 0.7})
      expect(by_origin.telegram?.metrics[0]?.difference.estimate).to.equal(0)
      expect(verdict).to.equal('no_difference')
    })

    it('and counts one that the other run has no second to as being in one run only, whichever is compared', () => {
      const compare = compareDays({'08': 0.9}, both)
      const [there, back] = [compare(0, 1).by_origin.telegram, compare(1, 0).by_origin.telegram]
      expect(there).to.include({aligned: 42, only_before: 0, only_after: 42})
      expect(back).to.include({aligned: 42, only_before: 42, only_after: 0})
      for (const found of [there, back]) expect(found?.metrics[0]?.difference.estimate).to.equal(0)
    })
  })

  it('does not take the news of one channel for a change of the digests: days are decided by channel', () => {
    const moved = week(11).map(sample =>
      sample.channel === '@habr' ? {...sample, scores: steady(() => 0.4)(0)} : sample,
    )
    const [one, two] = [comparable('one', week(4)), comparable('two', moved, {root: 'c'.repeat(64)})]
    const byChannel = compareRuns(one, two, {...COMPARE_DEFAULTS, pairing: 'day'})
    expect(byChannel).to.include({decided_by: 'channel', verdict: 'undecided'})
    expect(byChannel.remarks).to.deep.include({code: 'by_channel', channels: 5})
    const coverage = byChannel.by_origin.telegram?.metrics[0]
    expect(coverage?.cause).to.include({code: 'nothing_shown', pairs: 35, channels: 5})
    // Four channels stay as they were, one falls by a quarter: no sensible number of such channels would show 0.02.
    expect(coverage?.more).to.equal(null)
    const bySample = compareRuns(one, two, {...COMPARE_DEFAULTS, pairing: 'day', decidedBy: 'sample'})
    expect(bySample).to.include({decided_by: 'sample', verdict: 'worse'})
  })

  it('finds by channel what all channels show', () => {
    const {verdict, by_origin} = compareTo(index => 0.55 + noise(index), {decidedBy: 'channel'})
    expect(verdict).to.equal('worse')
    expect(by_origin.telegram?.metrics[0]?.channel_test).to.include({channels: 5})
    expect(by_origin.telegram?.metrics[0]?.channel_test?.p_holm).to.be.below(0.05)
  })

  it('shows nothing by two pairs that are equal or did not change, by sample or by channel', () => {
    const two = (value: (index: number) => number) =>
      comparedSamples(steady(value)).filter(({sample_id}) => /^@(?:habr|proglib):2024-11-04$/u.test(sample_id))
    expect(two(() => 0.6)).to.have.length(2)
    for (const decidedBy of ['sample', 'channel'] as const)
      for (const after of [0.6, 0.55]) {
        const runs = [
          comparable(
            'one',
            two(() => 0.6),
          ),
          comparable(
            'two',
            two(() => after),
          ),
        ] as const
        const {verdict, by_origin} = compareRuns(...runs, {...COMPARE_DEFAULTS, decidedBy})
        expect(verdict).to.equal('undecided')
        expect(by_origin.telegram?.metrics[0]?.cause).to.deep.equal({code: 'too_few_pairs', pairs: 2})
        expect(by_origin.telegram?.metrics[0]?.channel_test?.p_holm).to.be.above(0.3)
      }
  })

  it('says nothing by channel where there is only one', () => {
    const habr = (samples: typeof before.samples) => samples.filter(({channel}) => channel === '@habr')
    const worse = comparedSamples(steady(index => 0.5 + noise(index)))
    const {verdict, by_origin} = compareRuns(comparable('one', habr(before.samples)), comparable('two', habr(worse)), {
      ...COMPARE_DEFAULTS,
      decidedBy: 'channel',
    })
    expect(verdict).to.equal('undecided')
    expect(by_origin.telegram?.metrics[0]).to.deep.include({cause: {code: 'one_channel'}, more: null})
  })

  it('says how many more pairs would find or rule out a change that matters', () => {
    const coverage = compareTo(swinging).by_origin.telegram?.metrics[0]
    const finds = coverage?.minimum_detectable_effect ?? 0
    expect(coverage?.more).to.have.property('what', 'pairs')
    // Standard errors shrink with the root of the number.
    expect((coverage?.more?.count ?? 0) / (150 * (finds / 0.02) ** 2 - 150)).to.be.within(0.85, 1.05)
  })

  it('keeps real and synthetic samples apart, and decides a live scenario by the real ones', () => {
    const [left, right] = [comparable('one', mixed(0.9)), comparable('two', mixed(0.1))]
    const {by_origin, verdict} = compareRuns(left, right, COMPARE_DEFAULTS)
    expect(by_origin.synthetic?.verdict).to.equal('worse')
    expect(by_origin.telegram?.verdict).to.equal('no_difference')
    expect(verdict).to.equal('no_difference')
  })

  it('decides nothing by synthetic samples alone in a live scenario', () => {
    const synthetic = comparedSamples(steady(noise), {origin: 'synthetic'})
    const {verdict, notes} = compareRuns(comparable('one', synthetic), comparable('two', synthetic), COMPARE_DEFAULTS)
    expect(verdict).to.equal('undecided')
    expect(notes.join()).to.include('synthetic ones alone decide nothing')
  })

  it('lists samples that crossed the threshold, with the McNemar test', () => {
    const {by_origin} = compareTo(index => (index < 6 ? 0.4 : 0.6 + noise(index)))
    const flips = by_origin.telegram?.metrics[0]?.flips
    expect(flips).to.include({unchanged: 144})
    expect(flips?.p).to.be.closeTo(2 / 2 ** 6, 1e-12)
    expect(flips?.worsened[0]).to.deep.equal({sample_id: '@habr:2024-11-04', before: 0.6, after: 0.4})
    expect(flips?.improved).to.deep.equal([])
  })

  it('says that five channels cannot decide by channel', () => {
    const {notes, by_origin} = compareTo(index => 0.55 + noise(index))
    expect(notes.join()).to.include('5 channels: a test by channel cannot give a p below 0.063')
    expect(by_origin.telegram?.metrics[0]?.clustered_test).to.include({smallest_p: 0.0625, exact: true})
  })

  it('says when a change by sample does not hold by channel', () => {
    const after = comparable(
      'after',
      comparedSamples((index, channel) => steady(i => 0.6 + noise(i) + (channel === '@habr' ? 0.2 : 0))(index)),
    )
    const comparison = compareRuns(before, after, COMPARE_DEFAULTS)
    const {verdict, notes} = comparison
    expect(verdict).to.equal('better')
    expect(notes.join()).to.include('coverage is better by sample, but the channels disagree')
    const {sentences} = comparisonMessage(comparison)
    expect(sentences.map(({en}) => en).join()).to.include('it holds for these channels together')
  })

  it('takes a shorter latency for better, with the ratio on the log scale', () => {
    const {by_origin} = compareRuns(timed(40), timed(20), COMPARE_DEFAULTS)
    const latency = by_origin.telegram?.metrics.find(({metric}) => metric === 'latency_seconds')
    expect(latency).to.include({verdict: 'better', better: 'lower', pairs: 150})
    expect(latency?.ratio?.estimate).to.be.closeTo(0.51, 0.01)
  })

  it('calls no latency worse that nobody notices, and says of one that matters beside the answer', () => {
    const busy = compareRuns(timed(0.019), timed(0.03), COMPARE_DEFAULTS)
    expect(busy.verdict).to.equal('no_difference')
    expect(busy.by_origin.telegram?.metrics.at(-1)).to.include({metric: 'latency_seconds', verdict: 'no_difference'})

    const slow = compareRuns(timed(12), timed(53), COMPARE_DEFAULTS)
    expect(slow.by_origin.telegram?.metrics.at(-1)).to.include({verdict: 'worse', margin: 10.5})
    expect(slow.verdict).to.equal('no_difference')
    const {headline, sentences} = comparisonMessage(slow)
    expect(headline.en).to.equal('No difference')
    expect(sentences.at(-1)?.en).to.match(/^Latency, beside that: slower, 12\.7\d* → 53\.7\d* s$/u)
  })

  it('refuses stored scores of other models or prompts, and of several, with the difference', () => {
    const by = (recorded_by: string, judges: number) => {
      const run = comparable('x', before.samples)
      const judge = {...run.run.identity.judge, name: 'recorded', signature: `recorded|by:${recorded_by}|v:2`}
      const identity = {...run.run.identity, judge: {...judge, settings: {recorded_by, judges}}}
      return {...run, run: {...run.run, identity}}
    }
    const refusal = (a: ReturnType<typeof by>, b: ReturnType<typeof by>) =>
      thrownBy(() => compareRuns(a, b, COMPARE_DEFAULTS)).message
    expect(refusal(by('one/p', 1), by('two/p', 1))).to.include('judge.signature.by: one/p -> two/p')
    expect(refusal(by('one+two', 2), by('one+two', 2))).to.include('stored scores of one model and prompt are needed')
    expect(compareRuns(by('one/p', 1), by('one/p', 1), COMPARE_DEFAULTS).verdict).to.equal('no_difference')
  })

  it('gives the same bytes every time', () => {
    expect(JSON.stringify(compareTo(swinging))).to.equal(JSON.stringify(compareTo(swinging)))
  })

  it('is written as a table that names numbers and reasons', () => {
    const blocks = renderComparison(
      compareTo(index => (index < 6 ? 0.4 : 0.55 + noise(index))),
      'en',
    )
    const text = plainText(blocks).join('\n')
    expect(text)
      .to.match(/WORSE +coverage +0\.6\d+ +0\.5\d+ +−0\.05\d+/u)
      .and.include('6 no longer pass')
    expect(blocks[0]).to.include({tone: 'bad'})
    expect(text.split('\n')[0]).to.match(/^Worse: coverage −0\.0\d+; /u)
  })
})
