import {numberText} from '@ep23/report/numbers'

import type {RunResult, DatasetFacts} from '../run-result.js'
import type {GateResult, MoreFacts, Verdict} from '../verdict.js'
import {tellName} from './name-words.js'
import {tellCause, tellMore} from './tell-gate.js'
import {tellRemark} from './tell-remark.js'
import {type Answer, englishCount, joinTold, russianCount, type Told} from './told.js'

const HEADLINES: Readonly<Record<Verdict, Told>> = {
  pass: {ru: 'Все пороги пройдены', en: 'All gates passed'},
  warn: {ru: 'На грани', en: 'Close to a threshold'},
  fail: {ru: 'Порог не пройден', en: 'A gate failed'},
  undecided: {ru: 'Не решено', en: 'Undecided'},
  unmeasured: {ru: 'Измерено слишком мало', en: 'Too little was measured'},
}

/** Are the digests good enough? By the gates that made the verdict. */
export function tellRun({assessment}: Pick<RunResult, 'assessment'>): Answer {
  const {gates, verdict} = assessment
  if (verdict === 'unmeasured') return tellUnmeasured(assessment)
  const decisive = verdict === 'pass' ? [] : gates.filter(gate => gate.verdict === verdict)
  const names = decisive.map(named)
  return {
    headline: names.length === 0 ? headlineAlone(verdict) : withList(HEADLINES[verdict], names),
    sentences: [...whatWouldDecide(decisive), ...unlikeOthers(gates, verdict)],
  }
}

/** How much is missing and why, and gates that even so say something else. */
function tellUnmeasured({samples, gates}: RunResult['assessment']): Answer {
  const {measured, lines, unmeasured} = samples
  const reasons = Object.entries(unmeasured).map(([reason, count]) => {
    const {ru, en} = tellName(reason)
    return {ru: `${ru} — ${count}`, en: `${en}: ${count}`}
  })
  const cut = gates.find(({cause}) => cause.code === 'source_cut')
  const {ru, en} = HEADLINES.unmeasured
  return {
    headline: {
      ru: `${ru}: ${russianCount(measured, ['оценка', 'оценки', 'оценок'])} из ${lines}`,
      en: `${en}: ${englishCount(measured, 'judgement')} of ${lines}`,
    },
    sentences: [
      ...(reasons.length > 0 ? [withList({ru: 'Почему', en: 'Why'}, reasons)] : []),
      ...(cut ? [tellCause(cut, cut.cause)] : []),
      ...unlikeOthers(gates, 'unmeasured'),
    ],
  }
}

/** What a run's verdict rests on or lacks. */
export function tellRemarks({assessment, dataset}: Pick<RunResult, 'assessment' | 'dataset'>): readonly Told[] {
  return [...tellUnproven(dataset), ...assessment.remarks.map(tellRemark)]
}

function headlineAlone(verdict: Verdict): Told {
  if (verdict !== 'undecided') return HEADLINES[verdict]
  return {ru: 'Не решено: для этого судьи пороги не заданы', en: 'Undecided: there are no thresholds for this judge'}
}

function named({metric, interval, direction, pass}: GateResult): Told {
  const sign = direction === 'at_least' ? '≥' : '≤'
  const {ru, en} = tellName(metric)
  const value = numberText(interval.estimate)
  return {
    ru: `${ru} ${value} (нужно ${sign} ${pass})`,
    en: `${en} ${value} (wanted ${sign} ${pass})`,
  }
}

function withList(headline: Told, names: readonly Told[]): Told {
  const list = joinTold(names, ', ')
  return {ru: `${headline.ru}: ${list.ru}`, en: `${headline.en}: ${list.en}`}
}

/** What would decide the gate that asks for most. */
function whatWouldDecide(gates: readonly GateResult[]): Told[] {
  const near = gates.filter(({cause}) => cause.code === 'holds_threshold')
  if (near.length === 0) return []
  const known = near.flatMap(({more}) => (more ? [more] : []))
  if (known.length < near.length)
    return [
      {
        ru: 'Среднее стоит слишком близко к порогу: с такими каналами разумное число новых данных этого не решит',
        en: 'A mean stands too near its threshold: with such channels no sensible amount of further data would decide that',
      },
    ]
  const [hardest] = known.toSorted(
    (a, b) => Number(b.what === 'channels') - Number(a.what === 'channels') || b.count - a.count,
  )
  const {ru, en} = tellMore(hardest as MoreFacts)
  return [
    {
      ru: `Порог лежит внутри 95-процентного интервала; решили бы примерно ещё ${ru}`,
      en: `A threshold lies within the 95 % interval; about ${en} more would decide`,
    },
  ]
}

/** Gates that are no reason to rejoice, but were not the worst. */
function unlikeOthers(gates: readonly GateResult[], verdict: Verdict): Told[] {
  const others = gates.filter(gate => gate.verdict !== 'pass' && gate.verdict !== verdict)
  if (others.length === 0) return []
  const list = joinTold(
    others.map(gate => {
      const [name, end] = [tellName(gate.metric), tellName(gate.verdict)]
      return {ru: `${name.ru} — ${end.ru}`, en: `${name.en}: ${end.en}`}
    }),
    ', ',
  )
  return [{ru: `Ещё: ${list.ru}`, en: `Also ${list.en}`}]
}

/** Of a file without a manifest beside it: whoever changed a word of it left no trace. */
export function tellUnproven({proof}: Partial<Pick<DatasetFacts, 'proof'>>): Told[] {
  // Runs of an ep23 that did not look have none.
  if (proof?.by !== 'nothing') return []
  return [
    {
      ru: 'Данные не доказаны: рядом с файлом нет манифеста',
      en: 'the dataset is unproven: there is no manifest beside the file',
    },
  ]
}
