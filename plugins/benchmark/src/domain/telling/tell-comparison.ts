import type {ChangeVerdict, Comparison, DecidedBy, MetricComparison} from '../comparison.js'
import {tellName} from './name-words.js'
import {boundsText, numberText, probabilityText, signedText} from './number-text.js'
import {englishCount, joinTold, russianCount, type Told} from './told.js'

/** The answer to "is it worse?": the first sentence says it, the others how sure it is and what would make it surer. */
export interface Answer {
  headline: Told
  sentences: readonly Told[]
}

const HEADLINES: Readonly<Record<ChangeVerdict, Told>> = {
  worse: {ru: 'Стало хуже', en: 'Worse'},
  better: {ru: 'Стало лучше', en: 'Better'},
  no_difference: {ru: 'Разницы нет', en: 'No difference'},
  undecided: {ru: 'Не решено: данных мало', en: 'Undecided: too little data to tell'},
}

export function tellComparison({by_origin, verdict, decided_by, settings}: Comparison): Answer {
  const decisive = by_origin.telegram ?? by_origin.synthetic
  const metrics = decisive?.metrics ?? []
  const of = (wanted: ChangeVerdict) => metrics.filter(metric => metric.verdict === wanted)
  const changed = verdict === 'worse' || verdict === 'better' ? of(verdict) : []
  const opposite = of(verdict === 'worse' ? 'better' : 'worse').filter(metric => !changed.includes(metric))
  return {
    headline: changed.length === 0 ? HEADLINES[verdict] : headlineOf(verdict, changed),
    sentences: [
      ...(changed.length > 0 ? [notByChance(changed, metrics.length, decided_by)] : []),
      ...listed({ru: 'Лучше', en: 'Better'}, opposite, metric => signedText(metric.difference.estimate)),
      ...(verdict === 'no_difference' ? [allInside(settings.margin, metrics[0]?.pairs ?? 0)] : []),
      ...listed({ru: 'Не решено', en: 'Undecided'}, of('undecided'), metric => withBounds(metric, decided_by)),
      ...whatWouldTell(of('undecided')),
    ],
  }
}

function headlineOf(verdict: ChangeVerdict, changed: readonly MetricComparison[]): Told {
  const names = changed.map(({metric, difference}) => {
    const {ru, en} = tellName(metric)
    const by = signedText(difference.estimate)
    return {ru: `${ru} ${by}`, en: `${en} ${by}`}
  })
  const list = joinTold(names, ', ')
  return {ru: `${HEADLINES[verdict].ru}: ${list.ru}`, en: `${HEADLINES[verdict].en}: ${list.en}`}
}

/** p is the chance of so large a change where nothing changed; Holm keeps it so over all metrics together. */
function notByChance(changed: readonly MetricComparison[], family: number, by: DecidedBy): Told {
  const tests = changed.map(metric => (by === 'channel' ? metric.channel_test : metric.test)?.p_holm ?? 1)
  const p = Math.max(...tests)
  const pairs = changed[0]?.pairs ?? 0
  const rare = p < 0.001 ? {ru: 'реже чем в 0.1 %', en: 'fewer than 0.1 %'} : {ru: `в ${percent(p)}`, en: percent(p)}
  return {
    ru: `Вряд ли случайно: будь всё по-прежнему, такое показали бы ${rare.ru} сравнений (p ${probabilityText(p)}; ${russianCount(pairs, ['пара', 'пары', 'пар'])}, поправка Холма на ${russianCount(family, ['показатель', 'показателя', 'показателей'])})`,
    en: `Hardly by chance: with nothing changed, ${rare.en} of comparisons would show as much (p ${probabilityText(p)}; ${englishCount(pairs, 'pair')}, Holm over ${englishCount(family, 'metric')})`,
  }
}

function allInside(margin: number, pairs: number): Told {
  return {
    ru: `Все изменения достоверно меньше ±${margin}: 95-процентные интервалы целиком внутри (${russianCount(pairs, ['пара', 'пары', 'пар'])})`,
    en: `All changes are surely smaller than ±${margin}: the 95 % intervals lie inside (${englishCount(pairs, 'pair')})`,
  }
}

function listed(
  what: Told,
  metrics: readonly MetricComparison[],
  numbers: (metric: MetricComparison) => string,
): Told[] {
  if (metrics.length === 0) return []
  const parts = metrics.map(metric => {
    const {ru, en} = tellName(metric.metric)
    return {ru: `${ru} ${numbers(metric)}`, en: `${en} ${numbers(metric)}`}
  })
  const list = joinTold(parts, '; ')
  return [{ru: `${what.ru}: ${list.ru}`, en: `${what.en}: ${list.en}`}]
}

function withBounds({difference, clustered_difference: clustered}: MetricComparison, by: DecidedBy): string {
  const facts = (by === 'channel' ? clustered : null) ?? difference
  return `${signedText(difference.estimate)} (${boundsText(facts, signedText)})`
}

/** How much more data the most demanding undecided metric asks for; scores come before latencies. */
function whatWouldTell(undecided: readonly MetricComparison[]): Told[] {
  const scores = undecided.filter(({better}) => better === 'higher')
  const [hardest] = (scores.length > 0 ? scores : undecided).toSorted((a, b) => moreOf(b) - moreOf(a))
  if (!hardest?.more || hardest.cause.code !== 'nothing_shown') return []
  const {metric, more, cause} = hardest
  const margin = numberText(cause.margin)
  const present = (more.what === 'channels' ? cause.channels : null) ?? cause.pairs
  const forms = {pairs: ['пара', 'пары', 'пар'], channels: ['канал', 'канала', 'каналов']} as const
  return [
    {
      ru: `Чтобы найти или исключить перемену в ±${margin} (${tellName(metric).ru}), нужно ещё примерно ${russianCount(more.count, forms[more.what])}, сейчас ${present}`,
      en: `To find or rule out a change of ±${margin} (${tellName(metric).en}) takes about ${englishCount(more.count, more.what.slice(0, -1))} more, there are ${present}`,
    },
  ]
}

function moreOf({more}: MetricComparison): number {
  return more?.count ?? 0
}

function percent(p: number): string {
  return `${(100 * p).toFixed(1)} %`
}
