import {contentTerms, cosine, countVectors, type TermVector} from '../../text/term-vectors.js'
import type {PostSentence, ReadPost} from './read-post.js'

const FEWEST_TERMS = 2
/** A post of fewer terms has little to tell and weighs less. */
const TELLING_TERMS = 8
const LITTLE_TO_TELL = 1.5
/** What no sentence of makes sense alone is told last. */
const HANGING = 2
/** From this similarity on, a post repeats what is taken already, and how much that costs. */
const REPEATS = 0.16
const REPETITION = 8

/** A post chosen for the digest. */
export interface ChosenPost {
  read: ReadPost
  /** The sentence it is told by: the first that stands alone. News are written so that it says what happened. */
  lead: PostSentence
}

interface Choosable extends ChosenPost {
  terms: string[]
}

interface Candidate extends ChosenPost {
  value: number
  vector: TermVector
}

/**
 * The posts worth a bullet, the most important first: the next is always the one of the greatest news value, less what it
 * repeats of those taken before. Five reports of one event do not fill the digest. Ties go to the earlier post.
 */
export function rankPosts(posts: readonly ReadPost[], count: number): ChosenPost[] {
  const choosable = posts.flatMap(choosablePost)
  const vectors = countVectors(choosable.map(({terms}) => terms))
  const open = choosable.map((post, index): Candidate => {
    const others = vectors.filter((_, other) => other !== index)
    const vector = vectors[index] ?? new Map<string, number>()
    const little = LITTLE_TO_TELL * (1 - Math.min(1, post.terms.length / TELLING_TERMS))
    const hanging = post.lead.standsAlone ? 0 : HANGING
    return {...post, vector, value: newsValue(post.read, vector, others) - little - hanging}
  })
  const taken: Candidate[] = []
  while (taken.length < count && open.length > 0) {
    const next = indexOfBest(open.map(({value, vector}) => value - repetition(vector, taken)))
    taken.push(...open.splice(next, 1))
  }
  return taken
}

function choosablePost(read: ReadPost): Choosable[] {
  const telling = read.sentences.filter(({text}) => contentTerms(text).length >= FEWEST_TERMS)
  const lead = telling.find(({standsAlone}) => standsAlone) ?? telling[0]
  const terms = read.sentences.flatMap(({text}) => contentTerms(text))
  return lead === undefined ? [] : [{read, lead, terms}]
}

function repetition(vector: TermVector, taken: readonly Candidate[]): number {
  const closest = taken.reduce((most, other) => Math.max(most, cosine(vector, other.vector)), 0)
  return REPETITION * Math.max(0, closest - REPEATS)
}

function indexOfBest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? value) ? index : best), 0)
}

/** An editor's own mark of importance, before the first words. */
const URGENT = /^[^\p{L}\p{N}]*[⚡❗‼🔥🚨🔴]/u
/** A post that sums up many. */
const ROUNDUP =
  /^[^\p{L}\p{N}]*(?:главное(?!\p{L})|новости (?:к этому|за|дня|недели|часа)|итоги (?:дня|недели)|что (?:произошло|происходит)|самые важные новости|обстановка и главные)/iu

/** What touches many people: lives, power and law, money, the city's services. Beginnings of words, in matching form. */
const STAKES: readonly RegExp[] = [
  /(?<!\p{L})(?:погиб|умер|скончал|убит|убил|смерт|жертв|пострада|ранен|раненых|травм|отрав|госпитализ|заболе)/u,
  /(?<!\p{L})(?:пожар|взрыв|авари|дтп|столкнул|крушени|обруш|рухнул|эвакуац|прорва|загорел|горит|сбой|сломал)/u,
  /(?<!\p{L})(?:атак|обстрел|удар|ракет|беспилотник|дрон|бпла|войн|армия|всу|минобороны|мобилизац|террор|стрельб|открыл стрельбу)/u,
  /(?<!\p{L})(?:задержа|арест|обвин|приговор|суд(?:а|ом|у|е)?(?!\p{L})|уголовн|обыск|рейд|облав|следств|прокуратур)/u,
  /(?<!\p{L})(?:госдум|закон|запрет|запрещ|указ(?!\p{L})|постановлени|правительств|минист|президент|путин|штраф|отмен|разреш|депутат)/u,
  /(?<!\p{L})(?:выбор(?:ы|ах|ов)|голосовани|отставк|переговор|санкци|соглашени|договор|саммит|трамп|байден|зеленск|шольц)/u,
  /(?<!\p{L})(?:курс доллар|доллар|евро(?!\p{L})|ключевую ставку|ставк|цб(?!\p{L})|инфляци|ипотек|рубл|пенси|зарплат|маткапитал|материнск|роуминг|вклад)/u,
  /(?<!\p{L})(?:экстренн|чрезвычайн|опасност|предупрежд|мчс|отопление|отключени|перекро|ураган|ливн|гололед|снегопад)/u,
  /(?<!\p{L})(?:впервые|рекорд|крупнейш|нобелевск|открыли|обнаружили|создали|доказал|вакцин|лекарств|клиническ|эффективност)/u,
  /(?<!\p{L})(?:уязвимост|утечк|взлом|блокир|заблокир|прекратил|закрыва|катастроф)/u,
]
/** What amuses, instructs or asks, and does not tell what has happened. */
const TRIFLES: readonly RegExp[] = [
  /астролог|нумеролог|зодиак|гороскоп|ретроградн|милота|распространите|международный день|отмечается|день (?:секса|мужского)/u,
  /зоопарк|котенк|котенок|кошк|медвежон|панда|манул|хорек|белк|собачк|медоед|чихуахуа|похмель|квадробер/u,
  /(?<!\p{L})(?:гайд|туториал|шпаргалк|подборк|инструкци|самоучитель|руководство|квиз|опрос|мем|рейтинг|подкаст|интервью|запись|эфир)/u,
  /(?<!\p{L})(?:рассказываем|поговорим|разберем|разбираем|узнаем|вспоминаем|посмотрим|рассмотрим|расскажу|я провел|мой опыт|на мой взгляд)/u,
  /ученые (?:назвали|рассказали)|врачи?[ .,—-]|эксперт[ы ]|— врач|психолог/u,
  /\?(?:\n|$)/u,
]

/** How much weight a sign of importance has; set on twenty days that a person ranked, measured on twenty others. */
const WEIGHT = {urgent: 1.6, roundup: 2.5, stake: 0.9, number: 0.1, name: 0.12, length: 0.2, echo: 1.5, trifle: 1.1}
const MOST_STAKES = 3
const MOST_NUMBERS = 4
const MOST_NAMES = 6
const USUAL_LENGTH = 200
const SAME_MATTER = 0.25
const NAME = /(?<![.!?…»"\n]\s?|^)(?<=\s[«"]?)[\p{Lu}][\p{L}-]{2,}/gmu

/**
 * How much a post of the day is worth telling first, as a reader of news would judge it: whether the editor marked it, sums up
 * the day in it, what is at stake, how many numbers and names it has, how long it is, and in how many
 * other posts of the day the same matter comes up. Higher is more important; no unit.
 *
 * @param others vectors of the day's other posts
 */
function newsValue({post}: ReadPost, own: TermVector, others: readonly TermVector[]): number {
  const text = post.plain
  const form = text.toLowerCase().replaceAll('ё', 'е')
  const lead = form.slice(0, 200)
  const echoes = others.filter(other => cosine(own, other) >= SAME_MATTER).length
  return (
    (URGENT.test(text) ? WEIGHT.urgent : 0) +
    (ROUNDUP.test(text) ? WEIGHT.roundup : 0) +
    WEIGHT.stake * Math.min(MOST_STAKES, countOf(STAKES, lead)) +
    WEIGHT.number * Math.min(MOST_NUMBERS, lead.match(/\d[\d.,\u00a0 ]*/gu)?.length ?? 0) +
    WEIGHT.name * Math.min(MOST_NAMES, text.slice(0, 600).match(NAME)?.length ?? 0) +
    WEIGHT.length * Math.max(-1, Math.min(1, Math.log2(text.length / USUAL_LENGTH) / 2)) +
    WEIGHT.echo * Math.min(1, echoes / 3) -
    WEIGHT.trifle * countOf(TRIFLES, lead)
  )
}

function countOf(signs: readonly RegExp[], text: string): number {
  return signs.filter(sign => sign.test(text)).length
}
