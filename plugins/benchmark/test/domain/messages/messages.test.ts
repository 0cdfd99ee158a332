import {russianCount} from '@ep23/sdk'
import {numberText, signedText} from '@ep23/report/numbers'
import {UNMEASURED_REASONS} from '@ep23/sdk'
import {expect} from 'chai'
import type {ChangeCause, ComparisonRemark} from '#src/domain/comparison.js'
import type {RunRemark} from '#src/domain/run-result.js'
import {localizedName, localizedTitle} from '#src/domain/messages/names.js'
import {changeMessage, comparisonRemarkMessage} from '#src/domain/messages/change-messages.js'
import {gateMessage} from '#src/domain/messages/gate-messages.js'
import {remarkMessage, runMessage} from '#src/domain/messages/run-messages.js'
import {englishCount, type LocalizedText} from '#src/domain/messages/localized-text.js'
import type {GateCause} from '#src/domain/verdict.js'
import {facts, runResult} from '../../sample/runs.ts'

const GATE = {
  metric: 'coverage',
  statistic: 'mean',
  direction: 'at_least',
  pass: 0.88,
  warn: 0.8,
  origin: 'telegram',
  scale: 'llm',
  interval: facts(0.9),
  more: {what: 'channels', count: 24},
  with_missing: {low: 0.85, high: 0.91},
  calibration: null,
} as const
const GATE_CAUSES: GateCause[] = [
  {code: 'reaches_pass'},
  {code: 'between_thresholds'},
  {code: 'misses_warn'},
  {code: 'holds_threshold'},
  {code: 'nothing_measured'},
  {code: 'no_samples'},
  {code: 'one_channel'},
  {code: 'too_few_samples', fewest: 4},
  {code: 'equal_scores'},
  {code: 'not_bounded'},
  {code: 'missing_decide', missing: 5},
  {code: 'source_cut', share: 0.12},
]
const RUN_REMARKS: RunRemark[] = [
  {code: 'no_thresholds', scenario: 'channel_digest_ru', scale: 'own'},
  {code: 'few_channels', channels: 5},
  {code: 'shared_news', pairs: [{channels: ['@1', '@2'], lines: 95, share: 0.31}], clusters: 4, channels: 5},
  {code: 'synthetic_apart', samples: 21},
]
const CHANGE_CAUSES: ChangeCause[] = [
  {code: 'no_pairs'},
  {code: 'too_few_pairs', pairs: 1},
  {code: 'one_channel'},
  {code: 'change_shown', p: 0.0004, alpha: 0.05},
  {code: 'within_margin', margin: 0.02},
  {code: 'missing_decide', pairs: 143, margin: 0.02, missing: 7, samples: ['@habr:2024-11-04', '@habr:2024-11-05']},
  {code: 'nothing_shown', pairs: 35, channels: 5, finds: 0.1, margin: 0.02},
]
const COMPARISON_REMARKS: ComparisonRemark[] = [
  {code: 'same_run', run_id: '1'},
  {code: 'different_days'},
  {code: 'no_real_samples'},
  {code: 'setting_differs', what: 'judge_repeats', before: '1', after: null},
  {code: 'by_channel', channels: 5},
  {code: 'few_channels', channels: 5, smallest_p: 0.0625},
  {code: 'channels_disagree', metric: 'coverage', verdict: 'worse'},
  {code: 'missing_could_turn', metric: 'coverage', verdict: 'worse', missing: 7},
]
/** Words that stay Latin in a Russian sentence: names of settings, flags and symbols. */
const LATIN_NAMES = /channel_digest_ru|own|judge_repeats|--pair source|@habr|ep23 benchmark:run --resume|\bp\b/gu

const told: [string, LocalizedText][] = [
  ...GATE_CAUSES.map((cause): [string, LocalizedText] => [cause.code, gateMessage(GATE, cause)]),
  ...RUN_REMARKS.map((remark): [string, LocalizedText] => [remark.code, remarkMessage(remark)]),
  ...CHANGE_CAUSES.map((cause): [string, LocalizedText] => [cause.code, changeMessage(cause)]),
  ...COMPARISON_REMARKS.map((remark): [string, LocalizedText] => [remark.code, comparisonRemarkMessage(remark)]),
]

describe('telling what was found in both languages', () => {
  it('names the five pairs of channels that share most, and counts the others', () => {
    const pairs = Array.from({length: 7}, (_, i) => ({
      channels: ['@a', `@b${i}`] as [string, string],
      lines: 9,
      share: i / 10,
    }))
    const {ru, en} = remarkMessage({code: 'shared_news', pairs, channels: 8, clusters: 8})
    expect(en).to.equal(
      'channels share their news (@a / @b6 60 %, @a / @b5 50 %, @a / @b4 40 %, @a / @b3 30 %, @a / @b2 20 % of the smaller, and 2 more pairs)',
    )
    expect(ru).to.include('@a / @b2 20 % меньшего и ещё 2 пары')
  })

  for (const [code, {ru, en}] of told)
    it(`says ${code} in Russian without English words, and in English without Russian ones`, () => {
      expect(ru.replaceAll(LATIN_NAMES, ''))
        .to.match(/[а-яё]/u)
        .and.not.match(/[a-z]/iu)
      expect(en)
        .to.match(/[a-z]/u)
        .and.not.match(/[а-яё]/iu)
    })

  it('has a word for every reason why something is unmeasured', () => {
    for (const reason of UNMEASURED_REASONS) expect(localizedName(reason).ru).to.match(/[а-яё]/u)
  })

  it('says in a sentence how a gate ended', () => {
    const [pass, , fail, undecided] = GATE_CAUSES.map(cause => gateMessage(GATE, cause).en)
    const latency = GATE_CAUSES.map(cause => gateMessage({...GATE, direction: 'at_most'}, cause).en)
    expect(pass).to.equal('0.9 (0.89 … 0.91) reaches 0.88')
    expect(latency[0]).to.include('is at most 0.88')
    expect(fail).to.equal('0.9 (0.89 … 0.91) does not reach 0.8')
    expect(undecided).to.equal('0.9 (0.89 … 0.91) holds a threshold; about 24 channels more would decide')
  })

  it('says how much a run without scores lacks, and why', () => {
    const {assessment} = runResult({verdict: 'unmeasured'})
    const samples = {...assessment.samples, measured: 1, unmeasured: {no_stored_score: 149}}
    const {headline, sentences} = runMessage({assessment: {...assessment, samples}})
    expect(headline).to.deep.equal({
      ru: 'Измерено слишком мало: 1 оценка из 150',
      en: 'Too little was measured: 1 judgement of 150',
    })
    expect(sentences).to.deep.equal([{ru: 'Почему: нет записанной оценки — 149', en: 'Why: no stored score: 149'}])
    const none = {...GATE, verdict: 'unmeasured', cause: {code: 'no_samples'}, reason: ''} as const
    const synthetic = runMessage({assessment: {...assessment, gates: [none]}}).headline
    expect(synthetic).to.deep.equal({ru: 'Нет образцов: настоящие', en: 'There are no telegram samples'})
  })

  it('names the gates that made the verdict, with what would decide them', () => {
    const {assessment} = runResult({verdict: 'undecided'})
    const gate = {...GATE, verdict: 'undecided', cause: {code: 'holds_threshold'}, reason: ''} as const
    const late = {...gate, metric: 'latency_seconds', direction: 'at_most', verdict: 'warn'} as const
    const {headline, sentences} = runMessage({assessment: {...assessment, gates: [gate, late]}})
    expect(headline.ru).to.equal('Не решено: полнота 0.900 (нужно ≥ 0.88)')
    expect(sentences[0]?.en).to.equal('A threshold lies within the 95 % interval; about 24 channels more would decide')
    expect(sentences[1]?.ru).to.equal('Ещё: время написания, с — на грани')
    const hopeless = {...gate, more: null}
    expect(runMessage({assessment: {...assessment, gates: [hopeless]}}).sentences[0]?.en).to.include('too near its')
  })

  it('takes a title of its own as it is', () => {
    expect(localizedTitle({name: 'channel_digest_ru', title: 'Daily channel digests, Russian'}).ru).to.include(
      'дайджесты',
    )
    expect(localizedTitle({name: 'channel_digest_ru', title: 'Mine'})).to.deep.equal({ru: 'Mine', en: 'Mine'})
  })

  it('counts as each language does', () => {
    const pairs = [1, 2, 5, 11, 12, 21, 22, 111].map(count => russianCount(count, ['пара', 'пары', 'пар']))
    expect(pairs.join()).to.equal('1 пара,2 пары,5 пар,11 пар,12 пар,21 пара,22 пары,111 пар')
    expect([englishCount(1, 'pair'), englishCount(2, 'pair')]).to.deep.equal(['1 pair', '2 pairs'])
  })

  it('never writes a difference as −0.000', () => {
    expect([-0.0002, -0.0312, 0, 0.5, 12.34, null].map(value => signedText(value))).to.deep.equal([
      '−0.0002',
      '−0.031',
      '0.000',
      '+0.500',
      '+12.3',
      '—',
    ])
    expect(numberText(undefined)).to.equal('—')
  })
})
