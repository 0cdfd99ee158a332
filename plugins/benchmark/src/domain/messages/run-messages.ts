import {russianCount, verbatim, type Message} from '@ep23/sdk'
import {numberText} from '@ep23/report/numbers'
import type {RunResult, DatasetFacts, RunRemark} from '../run-result.js'
import type {GateResult, MoreFacts, Verdict} from '../verdict.js'
import {localizedName} from './names.js'
import {causeMessage, moreDataMessage, inventedLookMessage} from './gate-messages.js'
import {type Answer, capitalised, englishCount, joinTexts, type LocalizedText, messageOf} from './localized-text.js'

const HEADLINES: Readonly<Record<Verdict, LocalizedText>> = {
  pass: {ru: 'Все пороги пройдены', en: 'All gates passed'},
  warn: {ru: 'На грани', en: 'Close to a threshold'},
  fail: {ru: 'Порог не пройден', en: 'A gate failed'},
  undecided: {ru: 'Не решено', en: 'Undecided'},
  unmeasured: {ru: 'Измерено слишком мало', en: 'Too little was measured'},
}

/** Are the digests good enough? By the gates that made the verdict. */
export function runMessage({assessment}: Pick<RunResult, 'assessment'>): Answer {
  const {gates, verdict} = assessment
  if (verdict === 'unmeasured') return unmeasuredMessage(assessment)
  const decisive = verdict === 'pass' ? [] : gates.filter(gate => gate.verdict === verdict)
  const names = decisive.map(named)
  return {
    headline: names.length === 0 ? headlineAlone(verdict) : withList(HEADLINES[verdict], names),
    sentences: [...whatWouldDecide(decisive), ...unlikeOthers(gates, verdict)],
  }
}

/** How much is missing and why, and gates that even so say something else. */
function unmeasuredMessage({samples, gates}: RunResult['assessment']): Answer {
  const {measured, lines, unmeasured} = samples
  const reasons = Object.entries(unmeasured).map(([reason, count]) => {
    const {ru, en} = localizedName(reason)
    return {ru: `${ru} — ${count}`, en: `${en}: ${count}`}
  })
  const cut = gates.find(({cause}) => cause.code === 'source_cut')
  const without = gates.find(({cause}) => cause.code === 'no_samples')
  return {
    headline: without ? capitalised(causeMessage(without, without.cause)) : shareMeasured(measured, lines),
    sentences: [
      ...(reasons.length > 0 ? [withList({ru: 'Почему', en: 'Why'}, reasons)] : []),
      ...(cut ? [causeMessage(cut, cut.cause)] : []),
      ...unlikeOthers(gates, 'unmeasured'),
    ],
  }
}

/** Which of a run's digests a page of one file lists, and who shows the others. */
export function listedMessage(listed: number, samples: number): LocalizedText {
  return {
    ru: `В списке ${listed} дайджестов из ${samples}: неизмеренные, с самыми низкими оценками и сильнее всего изменившиеся. Все показывает команда ep23 view`,
    en: `The list holds ${listed} of ${samples} digests: the unmeasured, the lowest scores and the largest changes. All are shown by: ep23 view`,
  }
}

function shareMeasured(measured: number, lines: number): LocalizedText {
  const {ru, en} = HEADLINES.unmeasured
  return {
    ru: `${ru}: ${russianCount(measured, ['оценка', 'оценки', 'оценок'])} из ${lines}`,
    en: `${en}: ${englishCount(measured, 'judgement')} of ${lines}`,
  }
}

/** What a run's verdict rests on or lacks. */
export function remarkMessages({
  assessment,
  dataset,
}: Pick<RunResult, 'assessment' | 'dataset'>): readonly LocalizedText[] {
  return [...unprovenMessages(dataset), ...assessment.remarks.map(remarkMessage)]
}

/** A note that a run stores in English, in both languages where it is a remark of ours. */
export function noteMessage(run: Pick<RunResult, 'assessment' | 'dataset'>, note: string): Message {
  const known = remarkMessages(run).find(({en}) => en.toLowerCase() === note.toLowerCase())
  return known ? messageOf(known) : verbatim(note)
}

function headlineAlone(verdict: Verdict): LocalizedText {
  if (verdict !== 'undecided') return HEADLINES[verdict]
  return {ru: 'Не решено: для этого судьи пороги не заданы', en: 'Undecided: there are no thresholds for this judge'}
}

function named({metric, interval, direction, pass}: GateResult): LocalizedText {
  const sign = direction === 'at_least' ? '≥' : '≤'
  const {ru, en} = localizedName(metric)
  const value = numberText(interval.estimate)
  return {
    ru: `${ru} ${value} (нужно ${sign} ${pass})`,
    en: `${en} ${value} (wanted ${sign} ${pass})`,
  }
}

function withList(headline: LocalizedText, names: readonly LocalizedText[]): LocalizedText {
  const list = joinTexts(names, ', ')
  return {ru: `${headline.ru}: ${list.ru}`, en: `${headline.en}: ${list.en}`}
}

/** What would decide the gate that asks for most. */
function whatWouldDecide(gates: readonly GateResult[]): LocalizedText[] {
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
  const hardest = known.reduce((most, next) => (isHarder(next, most) ? next : most))
  const {ru, en} = moreDataMessage(hardest)
  return [
    {
      ru: `Порог лежит внутри 95-процентного интервала; решили бы примерно ещё ${ru}`,
      en: `A threshold lies within the 95 % interval; about ${en} more would decide`,
    },
  ]
}

/** Another channel is harder to come by than days. */
function isHarder(one: MoreFacts, other: MoreFacts): boolean {
  const channels = Number(one.what === 'channels') - Number(other.what === 'channels')
  return channels > 0 || (channels === 0 && one.count > other.count)
}

/** Gates that are no reason to rejoice, but were not the worst. */
function unlikeOthers(gates: readonly GateResult[], verdict: Verdict): LocalizedText[] {
  const others = gates.filter(gate => gate.verdict !== 'pass' && gate.verdict !== verdict)
  if (others.length === 0) return []
  const list = joinTexts(
    others.map(gate => {
      const [name, end] = [localizedName(gate.metric), localizedName(gate.verdict)]
      return {ru: `${name.ru} — ${end.ru}`, en: `${name.en}: ${end.en}`}
    }),
    ', ',
  )
  return [{ru: `Ещё: ${list.ru}`, en: `Also ${list.en}`}]
}

/** Of a file without a manifest beside it: whoever changed a word of it left no trace. */
export function unprovenMessages({proof}: Partial<Pick<DatasetFacts, 'proof'>>): LocalizedText[] {
  // Runs of an ep23 that did not look have none.
  if (proof?.by !== 'nothing') return []
  return [
    {
      ru: 'Данные не доказаны: рядом с файлом нет манифеста',
      en: 'the dataset is unproven: there is no manifest beside the file',
    },
  ]
}

/** Thirty channels have 435 pairs. */
const SHOWN_PAIRS = 5

/** What a run's verdict rests on or lacks, in a sentence. */
export function remarkMessage(remark: RunRemark): LocalizedText {
  switch (remark.code) {
    case 'no_thresholds':
      return {
        ru: `В сценарии ${remark.scenario} нет порогов для оценок по шкале «${remark.scale}»: они показаны, но ничего не решают`,
        en: `${remark.scenario} has no thresholds for scores of the scale "${remark.scale}": they are reported, not gated`,
      }
    case 'few_channels':
      return {
        ru: `Интервалы — о среднем по всем таким каналам, а не по этим ${remark.channels}: образцы одного канала похожи, и при столь немногих каналах интервалы широки`,
        en: `intervals are about the mean over all such channels, not these ${remark.channels} alone: the samples of a channel resemble each other, and with so few channels they are wide`,
      }
    case 'shared_news': {
      const told = remark.pairs
        .toSorted((a, b) => b.share - a.share)
        .slice(0, SHOWN_PAIRS)
        .map(({channels, share}) => `${channels.join(' / ')} ${Math.round(share * 100)} %`)
        .join(', ')
      const rest = remark.pairs.length - SHOWN_PAIRS
      const more = {
        ru: rest > 0 ? ` и ещё ${russianCount(rest, ['пара', 'пары', 'пар'])}` : '',
        en: rest > 0 ? `, and ${englishCount(rest, 'more pair')}` : '',
      }
      const merged = remark.clusters < remark.channels
      return {
        ru: `Каналы делят новости (${told} меньшего${more.ru})${merged ? `: независимых групп ${remark.clusters} из ${remark.channels} каналов, по ним и считаны интервалы` : ''}`,
        en: `channels share their news (${told} of the smaller${more.en})${merged ? `: ${remark.channels} channels are ${remark.clusters} independent ${remark.clusters === 1 ? 'group' : 'groups'}, and intervals are over these` : ''}`,
      }
    }
    case 'scores_look_invented': {
      const [names, {ru, en}] = [joinTexts(remark.scores.map(localizedName), ', '), inventedLookMessage(remark.look)]
      return {ru: `${capitalised(names).ru}: ${ru}`, en: `${names.en}: ${en}`}
    }
    default: {
      const {samples} = remark
      return {
        ru: `${russianCount(samples, ['синтетический образец показан', 'синтетических образца показаны', 'синтетических образцов показаны'])} отдельно: в живом сценарии они ничего не решают`,
        en: `${samples} synthetic samples are reported apart and gate nothing in a live scenario`,
      }
    }
  }
}
