// Types alone: the browser's pages read this file, and the sdk is none of theirs.
import type {Language, Message, UnmeasuredReason} from '@ep23/sdk'

import type {LocalizedText} from './localized-text.js'

type Pair = readonly [ru: string, en: string]

const UNMEASURED: Readonly<Record<UnmeasuredReason, Pair>> = {
  no_stored_score: ['нет записанной оценки', 'no stored score'],
  not_applicable: ['неприменимо', 'not applicable'],
  empty_summary: ['пустой дайджест', 'empty summary'],
  refused: ['судья отказался', 'the judge refused'],
  invalid_reply: ['ответ судьи не разобрать', 'unreadable answer of the judge'],
  evidence_not_found: ['цитаты судьи нет в источнике', 'the judge’s quote is not in the source'],
  cut_short: ['ответ судьи оборван', 'the judge’s answer was cut short'],
  timed_out: ['время вышло', 'timed out'],
  rate_limited: ['сервер ограничил частоту', 'rate limited'],
  server_error: ['ошибка сервера', 'server error'],
  unreachable: ['сервер недоступен', 'server unreachable'],
  budget_spent: ['бюджет исчерпан', 'budget spent'],
  not_in_cache: ['нет в кэше', 'not in the cache'],
  judge_failed: ['судья не справился', 'the judge failed'],
}

const WORDS: Readonly<Record<string, Pair>> = {
  ...UNMEASURED,
  pass: ['зачёт', 'pass'],
  warn: ['на грани', 'warn'],
  fail: ['незачёт', 'fail'],
  undecided: ['не решено', 'undecided'],
  unmeasured: ['не измерено', 'unmeasured'],
  worse: ['хуже', 'worse'],
  better: ['лучше', 'better'],
  no_difference: ['без разницы', 'no difference'],
  telegram: ['настоящие', 'real'],
  synthetic: ['синтетические', 'synthetic'],
  team: ['команды', 'of the team'],
  coverage: ['полнота', 'coverage'],
  accuracy: ['точность', 'accuracy'],
  coherence: ['связность', 'coherence'],
  informativeness: ['содержательность', 'informativeness'],
  supported: ['подтверждено постами', 'supported'],
  uncontradicted: ['не противоречит постам', 'uncontradicted'],
  news_told: ['названо главных новостей', 'main news told'],
  resisted: ['приказ не исполнен', 'resisted'],
  latency_seconds: ['время написания, с', 'latency, s'],
  measured_share: ['доля измеренных', 'measured share'],
  mean: ['среднее', 'mean'],
  worst: ['худший', 'worst'],
  p10: ['10-й процентиль', '10th percentile'],
  p90: ['90-й процентиль', '90th percentile'],
  share: ['доля', 'share'],
  any: ['любой судья', 'any judge'],
  sample: ['те же записи', 'the same records'],
  source: ['те же посты', 'the same posts'],
  day: ['дни по порядку', 'days in their order'],
  channel_digest_ru: ['Ежедневные дайджесты каналов', 'Daily channel digests, Russian'],
  channel_digest_claims_ru: ['Утверждения дайджестов каналов', 'Statements of channel digests, Russian'],
  injection_writer_ru: ['Приказы в постах, которые исполняет писатель', 'Orders in posts that writers follow'],
  injection_judge_ru: ['Приказы в дайджестах, которые исполняет судья', 'Orders in digests that judges follow'],
  review_summary_ru: ['Сводки обзоров каналов', 'Review summaries, Russian'],
}

/** A name of ours in both languages; names that plugins bring stay as they are. */
export function localizedName(name: string): LocalizedText {
  const [ru, en] = (Object.hasOwn(WORDS, name) ? WORDS[name] : undefined) ?? [name, name]
  return {ru, en}
}

/** All names of ours in a language, by what machines call them. */
export function allNames(language: Language): readonly (readonly [name: string, told: string])[] {
  return Object.entries(WORDS).map(([name, [ru, en]]) => [name, language === 'ru' ? ru : en])
}

/** A name of ours in a person's language; English keeps the machine's names, which scripts and older readers look for. */
export function nameIn(name: string, language: Language): string {
  return language === 'ru' ? localizedName(name).ru : name
}

/** A scenario's title: that of its file, unless it is ours and was not changed. */
export function localizedTitle({name, title}: {name: string; title: string}): LocalizedText {
  const told = localizedName(name)
  return told.en === title ? told : {ru: title, en: title}
}

/** The same as a message: the machine's name in English, which scripts look for, ours in Russian. */
export function englishNameOf(name: string): Message {
  return {english: name, in: async language => nameIn(name, language), toJSON: () => name}
}
