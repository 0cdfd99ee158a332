import {russianCount} from '@ep23/sdk'
import type {ChangeVerdict, Comparison, DecidedBy, MetricComparison} from '../comparison.js'
import {localizedName} from './names.js'
import {exceptMissing, missingWouldTell} from './missing-messages.js'
import {boundsText, numberText, percentText, probabilityText, signedText} from '@ep23/report/numbers'
import {moreDataMessage} from './gate-messages.js'
import {type Answer, englishCount, joinTexts, type LocalizedText} from './localized-text.js'

const HEADLINES: Readonly<Record<ChangeVerdict, LocalizedText>> = {
  worse: {ru: 'Стало хуже', en: 'Worse'},
  better: {ru: 'Стало лучше', en: 'Better'},
  no_difference: {ru: 'Разницы нет', en: 'No difference'},
  undecided: {
    ru: 'Не решено: перемена не доказана и не исключена',
    en: 'Undecided: a change is neither shown nor ruled out',
  },
}

const SAME_RUN: Answer = {
  headline: {
    ru: 'Сравнивать нечего: с обеих сторон один и тот же запуск',
    en: 'Nothing was compared: both sides are the same run',
  },
  sentences: [],
}

/** Is it worse than before? Real samples answer where there are any. */
export function comparisonMessage({by_origin, verdict, decided_by, settings, remarks}: Comparison): Answer {
  if (remarks.some(({code}) => code === 'same_run')) return SAME_RUN
  const decisive = by_origin.telegram ?? by_origin.synthetic ?? by_origin.team
  const metrics = decisive?.metrics ?? []
  const latency = metrics.find(({better}) => better === 'lower')
  const scores = metrics.filter(metric => metric !== latency)
  const of = (wanted: ChangeVerdict) => scores.filter(metric => metric.verdict === wanted)
  const changed = verdict === 'worse' || verdict === 'better' ? of(verdict) : []
  const slight = changed.filter(isSlight)
  const large = changed.filter(metric => !isSlight(metric))
  const opposite = of(verdict === 'worse' ? 'better' : 'worse').filter(metric => !changed.includes(metric))
  return {
    headline: changed.length === 0 ? HEADLINES[verdict] : headlineOf(verdict, large, slight, settings.margin),
    sentences: [
      ...(changed.length > 0 ? [notByChance(changed, metrics.length, decided_by)] : []),
      ...onlyThese(remarks, changed),
      ...exceptMissing(remarks, changed),
      ...(large.length > 0 ? listed(slightly(verdict, settings.margin), slight, byHowMuch) : []),
      ...listed({ru: 'Лучше', en: 'Better'}, opposite, byHowMuch),
      ...(verdict === 'no_difference' && scores.length > 0 ? [allInside(settings, scores)] : []),
      ...listed({ru: 'Неясно', en: 'Unclear'}, of('undecided'), metric => withBounds(metric, decided_by)),
      ...missingWouldTell(of('undecided')),
      ...whatWouldTell(of('undecided')),
      ...(latency ? latencyBeside(latency) : []),
    ],
  }
}

function headlineOf(
  verdict: ChangeVerdict,
  large: readonly MetricComparison[],
  slight: readonly MetricComparison[],
  margin: number,
): LocalizedText {
  const [first, metrics] = large.length > 0 ? [HEADLINES[verdict], large] : [slightly(verdict, margin), slight]
  return list(first, metrics, byHowMuch)
}

/** Certain, and yet so small that nobody asked for it: the whole interval is inside the margin. */
function isSlight({difference: {low, high}, margin}: MetricComparison): boolean {
  return low !== null && high !== null && low >= -margin && high <= margin
}

function slightly(verdict: ChangeVerdict, margin: number): LocalizedText {
  return verdict === 'worse'
    ? {ru: `Хуже наверняка, но меньше чем на ${margin}`, en: `Surely worse, but by less than ${margin}`}
    : {ru: `Лучше наверняка, но меньше чем на ${margin}`, en: `Surely better, but by less than ${margin}`}
}

function byHowMuch({difference}: MetricComparison): string {
  return signedText(difference.estimate)
}

/** p is the chance of so large a change where nothing changed; Holm keeps it so over all metrics together. */
function notByChance(changed: readonly MetricComparison[], family: number, by: DecidedBy): LocalizedText {
  const tests = changed.map(metric => (by === 'channel' ? metric.channel_test : metric.test)?.p_holm ?? 1)
  const p = Math.max(...tests)
  const pairs = changed[0]?.pairs ?? 0
  const rare =
    p < 0.001 ? {ru: 'реже чем в 0.1 %', en: 'fewer than 0.1 %'} : {ru: `в ${percentText(p)}`, en: percentText(p)}
  return {
    ru: `Вряд ли случайно: будь всё по-прежнему, такое показали бы ${rare.ru} сравнений (p ${probabilityText(p)}; ${russianCount(pairs, ['пара', 'пары', 'пар'])}, поправка Холма на ${russianCount(family, ['показатель', 'показателя', 'показателей'])})`,
    en: `Hardly by chance: with nothing changed, ${rare.en} of comparisons would show as much (p ${probabilityText(p)}; ${englishCount(pairs, 'pair')}, Holm over ${englishCount(family, 'metric')})`,
  }
}

/** Where a change is certain by sample and yet not the same in all channels. */
function onlyThese(remarks: Comparison['remarks'], changed: readonly MetricComparison[]): LocalizedText[] {
  const disagreeing = remarks.flatMap(remark => (remark.code === 'channels_disagree' ? [remark.metric] : []))
  const names = changed.filter(({metric}) => disagreeing.includes(metric)).map(({metric}) => localizedName(metric))
  if (names.length === 0) return []
  const list = joinTexts(names, ', ')
  return [
    {
      ru: `Но каналы расходятся (${list.ru}): это верно для этих каналов вместе, а не для каждого и не для любых`,
      en: `But the channels disagree (${list.en}): it holds for these channels together, not for each and not for any`,
    },
  ]
}

/** Beside the answer: time is not quality. */
function latencyBeside({verdict, mean_before: before, mean_after: after}: MetricComparison): LocalizedText[] {
  if (verdict !== 'worse' && verdict !== 'better') return []
  const [ru, en] = verdict === 'worse' ? ['медленнее', 'slower'] : ['быстрее', 'faster']
  const times = `${numberText(before)} → ${numberText(after)}`
  return [{ru: `Время написания отдельно: ${ru}, ${times} с`, en: `Latency, beside that: ${en}, ${times} s`}]
}

/** What befalls a smaller share of digests than this is absent from so many pairs more often than the confidence allows. */
function rarestSeen(pairs: number, confidence: number): string {
  return percentText(1 - (1 - confidence) ** (1 / pairs))
}

function allInside({margin, confidence}: Comparison['settings'], scores: readonly MetricComparison[]): LocalizedText {
  const pairs = Math.min(...scores.map(score => score.pairs))
  const [percent, rare] = [Math.round(100 * confidence), rarestSeen(pairs, confidence)]
  return {
    ru: `Средние изменения — в пределах ±${margin}: их ${percent}-процентные интервалы целиком внутри (${russianCount(pairs, ['пара', 'пары', 'пар'])}). Большая перемена меньше чем в ${rare} дайджестов могла в эти пары не попасть`,
    en: `Mean changes are within ±${margin}: their ${percent} % intervals lie inside (${englishCount(pairs, 'pair')}). A large change in fewer than ${rare} of digests may be missing from these pairs`,
  }
}

function listed(
  what: LocalizedText,
  metrics: readonly MetricComparison[],
  numbers: (metric: MetricComparison) => string,
): LocalizedText[] {
  return metrics.length === 0 ? [] : [list(what, metrics, numbers)]
}

function list(
  what: LocalizedText,
  metrics: readonly MetricComparison[],
  numbers: (metric: MetricComparison) => string,
): LocalizedText {
  const parts = metrics.map(metric => {
    const {ru, en} = localizedName(metric.metric)
    return {ru: `${ru} ${numbers(metric)}`, en: `${en} ${numbers(metric)}`}
  })
  const all = joinTexts(parts, '; ')
  return {ru: `${what.ru}: ${all.ru}`, en: `${what.en}: ${all.en}`}
}

function withBounds(metric: MetricComparison, by: DecidedBy): string {
  const {difference, clustered_difference: clustered, with_missing: whatever, cause} = metric
  const measured = (by === 'channel' ? clustered : null) ?? difference
  const facts = (cause.code === 'missing_decide' ? whatever : null) ?? measured
  return `${signedText(difference.estimate)} (${boundsText(facts, signedText)})`
}

/** How much more data the most demanding undecided metric asks for; scores come before latencies. */
function whatWouldTell(undecided: readonly MetricComparison[]): LocalizedText[] {
  const scores = undecided.filter(({better}) => better === 'higher')
  const candidates = (scores.length > 0 ? scores : undecided).filter(({cause}) => cause.code === 'nothing_shown')
  const [hardest] = candidates.toSorted((a, b) => moreOf(b) - moreOf(a))
  if (hardest?.cause.code !== 'nothing_shown') return []
  const {metric, more, cause} = hardest
  const wanted = {metric: localizedName(metric), margin: shortNumber(cause.margin), finds: shortNumber(cause.finds)}
  if (more === null) return [outOfReach(wanted, cause.channels === null ? 'pairs' : 'channels')]
  const {ru, en} = moreDataMessage(more)
  return [
    {
      ru: `Чтобы найти перемену в ${wanted.margin} (${wanted.metric.ru}), нужно ещё примерно ${ru}`,
      en: `To find a change of ${wanted.margin} (${wanted.metric.en}) takes about ${en} more`,
    },
  ]
}

function outOfReach(
  {metric, margin, finds}: {metric: LocalizedText; margin: string; finds: string},
  what: string,
): LocalizedText {
  const by = what === 'channels' ? {ru: 'Каналы и дни', en: 'Channels and days'} : {ru: 'Образцы', en: 'Samples'}
  return {
    ru: `${by.ru} различаются слишком сильно: так видна перемена от ${finds} (${metric.ru}), а ${margin} — нет, и разумным числом новых данных этого не поправить. Пусть оба варианта перескажут одни и те же посты: benchmark:compare --pair source`,
    en: `${by.en} differ too much: this way a change shows from ${finds} on (${metric.en}), ${margin} does not, and no sensible amount of further data mends that. Let both versions summarise the same posts: benchmark:compare --pair source`,
  }
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2)))
}

function moreOf({more}: MetricComparison): number {
  return more?.count ?? Infinity
}
